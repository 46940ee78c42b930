"""How much an import accepts. Memory is bounded by the size of one item and one chunk, never of a file."""

MIB = 1024 * 1024

READ_SIZE = 256 * 1024  # bytes asked of a file at a time

MAX_ITEM = 2 * MIB  # characters of one item: a book of some 800 pages
MAX_PAGE = 2 * MAX_ITEM  # bytes of one .txt file: the same number of Arabic letters in UTF-8 or UTF-16

CHUNK_ITEMS = 500  # items a transaction
CHUNK_BYTES = 4 * MIB  # and no more than this of their bytes, give or take one item

MAX_SPOOLED = 16 * 1024 * MIB  # bytes of standard input kept in a temporary file

MAX_MEMBERS = 100_000  # files in a .zip
MAX_DIRECTORY = 16 * MIB  # bytes of its table of contents
MAX_UNPACKED = 64 * 1024 * MIB  # bytes of all its files together, unpacked
MAX_RATIO = 250  # times a member may grow when unpacked; Arabic news grow 4 to 10 times
RATIO_MATTERS_FROM = 4 * MIB  # a smaller member may grow as it likes
