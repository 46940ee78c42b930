"""The codes of outcomes and notes: stable words for programs, each with its meaning for operators.

A code stands in ImportItem.code, in reports and in docs/importing.md, so it is never renamed.
"""

# The item was read and understood, and is none the archive takes.
REJECTED = {
    "binary": "the bytes are no text: an image, a PDF, a database ...",
    "empty": "neither a title nor a body",
    "empty_file": "the file is empty",
    "not_an_object": "the JSON item is no object with named fields",
    "too_large": "the item is larger than an article can be",
    "unsafe_archive": "the .zip is built so that reading it could harm: too many files, too large, too dense",
    "unsafe_member": "a file in the .zip has a name that leads out of it, is a link, or is packed too densely",
}

# Something is damaged, or went wrong on our side.
FAILED = {
    "bad_csv": "a row that breaks the rules of CSV, such as an open quotation mark",
    "bad_json": "text that is no JSON; the items after it are read",
    "damaged_archive": "the .zip, or a file in it, is damaged or cut short",
    "database_error": "the database refused the row",
    "encrypted": "the .zip asks for a password",
    "extraction_error": "the importer itself stumbled over this text: please report it",
    "rest_unread": "text that is no JSON, and the items after it cannot be told apart",
    "row_length": "a CSV row with more or fewer fields than the header",
    "undecodable": "bytes that are wrong in the file's charset",
    "unreadable_file": "the file cannot be opened or read",
    "unsupported_compression": "a file in the .zip is compressed by a method that is not read",
    "wrong_encoding": "bytes that are wrong in the charset given by --encoding",
}

NOTES = {
    "address_dropped": "an address that is not of the web; it is kept in the capture",
    "charset_guessed": "the charset had to be guessed",
    "cut": "a value longer than its field, cut at a word",
    "date_unread": "a date that could not be read; the article is undated",
    "empty_body": "a title without a body",
    "entities": "HTML entities in a short field, written as characters",
    "furniture_copyright": "a line dropped from the text: who holds the rights",
    "furniture_counter": "a line dropped from the text: readers or comments counted",
    "furniture_english": "a line dropped from the text: English words of the page around it",
    "furniture_follow": "a line dropped from the text: an invitation to follow or subscribe",
    "furniture_more": "a line dropped from the text: a link to more",
    "furniture_print": "a line dropped from the text: a button for printing",
    "furniture_share": "a line dropped from the text: a button for sharing",
    "html": "HTML markup in the body, turned into text",
    "related": "a block of related headlines, kept as links beside the text",
    "replaced_characters": "characters that no database can hold, taken out or replaced",
    "source_given": "the source comes from --source",
    "title_derived": "no headline: the title is the first sentence",
}


def is_rejection(code: str) -> bool:
    """Whether an item with this code counts as rejected; otherwise it counts as failed."""
    return code in REJECTED
