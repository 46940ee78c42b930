"""The archive's settings for a test run. Its data is in a folder of the run's own: no test touches var/."""

import os
import tempfile

# A process that a test starts keeps the folder of the run, or the one the test gave it.
if "TESTS_DATA_DIR" not in os.environ:
    run_folder = tempfile.TemporaryDirectory(prefix="warraq-tests-")  # removed when this process ends
    os.environ["TESTS_DATA_DIR"] = os.environ["DATA_DIR"] = run_folder.name
    # What the shell says of the archive it serves is not for tests.
    for name in (
        *("DATABASE_URL", "DEBUG", "HTTPS", "SITE_NAME", "OPERATOR_URL"),
        *("TIME_ZONE", "ALLOWED_HOSTS", "SECRET_KEY", "JOBS"),
    ):
        os.environ.pop(name, None)

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STATIC_ROOT, STORAGES

# Pages are served without `collectstatic`; whitenoise warns where its folder is missing.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT.mkdir(exist_ok=True)
# Another process would work on another database than the tests'.
JOBS = "wait"
# Deliberately weak: no test is about passwords, and a strong hash takes a quarter of a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
