"""How much an import accepts. Memory is bounded by the size of one item and one chunk, never of a file."""

MIB = 1024 * 1024

READ_SIZE = 256 * 1024  # bytes asked of a file at a time

MAX_ITEM = 2 * MIB  # characters of one item: a book of some 800 pages
MAX_PAGE = 2 * MAX_ITEM  # bytes of one .txt file: the same number of Arabic letters in UTF-8 or UTF-16

CHUNK_ITEMS = 500  # items a transaction
CHUNK_BYTES = 4 * MIB  # and no more than this of their bytes, give or take one item

PIECE = 32 * 1024  # bytes unpacked at a time: a bomb is seen before it has grown
MAX_HEAD = 64 * 1024  # bytes of the headers of a WARC record, or of an HTTP response
MAX_BLOCK = MAX_PAGE + MAX_HEAD  # bytes of a record that are kept; the rest is read past
MAX_ENCODINGS = 3  # times a body may be compressed over
MAX_REREAD = 1024 * MIB  # bytes of a file read again to find records behind a wrong length

MAX_SPOOLED = 16 * 1024 * MIB  # bytes of standard input kept in a temporary file

MAX_MEMBERS = 100_000  # files in a .zip
MAX_DIRECTORY = 16 * MIB  # bytes of its table of contents
MAX_UNPACKED = 64 * 1024 * MIB  # bytes of all its files together, unpacked
MAX_RATIO = 250  # times a member may grow when unpacked; Arabic news grow 4 to 10 times
RATIO_MATTERS_FROM = 4 * MIB  # a smaller member may grow as it likes
MAX_DEPTH = 3  # archives in archives in archives
MAX_NESTED = 2 * 1024 * MIB  # bytes of an archive in an archive, kept in a temporary file while it is read
SPOOL_IN_MEMORY = 4 * MIB  # of them are held in memory
