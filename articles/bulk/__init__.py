"""What is done to many articles at once: chosen once, looked at, confirmed, done chunk by chunk.

judging.py    which of the chosen articles would change, which are so already, which may not
actions.py    what can be done, each with its judgement, its verb and its permission
previewing.py what a draft would do, counted by the database; its first articles before and after
doing.py      one chunk done, all or nothing, by who may still do it
fields.py     the verb for fields of articles, as `curation.save_correction` for many
belonging.py  the verbs for collections and tags
rereading.py  texts read again from their captures, with a trial of the first
files.py      chosen articles written to a file
"""
