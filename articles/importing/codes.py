"""The codes of outcomes and notes: stable words for programs, each with its meaning for operators.

A code stands in ImportItem.code, in reports and in docs/importing.md, so it is never renamed.
"""

# The item was read and understood, and is none the archive takes.
REJECTED = {
    "binary": "the bytes are no text: an image, a PDF, a database ...",
    "empty": "neither a title nor a body",
    "empty_file": "the file is empty",
    "error_page": "a page that says that something else was not found or went wrong: 404, 500 ...",
    "export": "a folder that export_archive wrote, among other inputs: it is restored by itself",
    "home_page": "the front page of a site",
    "listing": "a page that lists articles: a section, a tag, a writer, an archive",
    "nested_archives": "archives stand in archives deeper than is read",
    "not_a_page": "what the address answers is of a type that holds no article",
    "not_an_object": "the JSON item is no object with named fields",
    "not_html": "no markup stands in the page; plain text is read as txt",
    "paywall": "only the beginning of an article stands before a paywall",
    "redirect": "a page that only sends its readers on to another",
    "robot_check": "a page that asked the crawler to prove that it is human",
    "robots_denied": "the site's robots.txt asks programs to stay away from the address",
    "search_page": "the results of a search",
    "too_deep": "elements stand in one another deeper than any page needs",
    "too_large": "the item is larger than an article can be",
    "unsafe_address": "the address, or one it leads to, is not on the public internet",
    "unsafe_archive": "the archive is built so that reading it could harm: too many files, too large, too dense",
    "unsafe_member": "a file in an archive has a name that leads out of it, is a link, or is packed too densely",
}

# Something is damaged, or went wrong on our side.
FAILED = {
    "bad_csv": "a row that breaks the rules of CSV, such as an open quotation mark",
    "bad_entry": "an entry of a feed so broken that nothing of it can be read",
    "bad_feed": "a file that should be a feed, and is neither RSS nor Atom",
    "bad_http": "a record of a crawl without an HTTP response that can be read",
    "bad_json": "text that is no JSON; the items after it are read",
    "bad_record": "bytes in a crawl that are no record, or a record that does not say what it is of",
    "bad_wacz": "a WACZ whose list of files cannot be relied on",
    "damaged_archive": "an archive, or a file in it, is damaged or cut short",
    "damaged_body": "a body that cannot be decompressed as its headers say",
    "database_error": "the database refused the row",
    "digest_mismatch": "the bytes are not those that their digest was made of",
    "encrypted": "the .zip asks for a password",
    "extraction_error": "the importer itself stumbled over this text: please report it",
    "fetch_failed": "the address could not be fetched: no answer, a broken one, or one that is no success",
    "rest_unread": "text that is no JSON, and the items after it cannot be told apart",
    "revisit_unresolved": "a record that repeats a page which is not in the archive",
    "row_length": "a CSV row with more or fewer fields than the header",
    "segmented_record": "a page that a crawler split over several records",
    "truncated_record": "a record that the end of the file cuts short",
    "undecodable": "bytes that are wrong in the file's charset",
    "unreadable_file": "the file cannot be opened or read",
    "unsupported_compression": "a file in the .zip is compressed by a method that is not read",
    "unsupported_encoding": "a body compressed by a method that is not read",
    "wrong_encoding": "bytes that are wrong in the charset given by --encoding",
    "wrong_length": "a record that is longer or shorter than it says",
}

NOTES = {
    "address_dropped": "an address that is not of the web; it is kept in the capture",
    "agency": "the news agency that is credited",
    "body_cut": "the body ends before the end that its server announced",
    "body_from_metadata": "the text stands only in the metadata of the page, not in what it shows",
    "capture_truncated": "the crawler says that it cut the page off",
    "capture_undated": "a record without a date that can be read",
    "charset_guessed": "the charset had to be guessed",
    "charset_label_wrong": "the page is not written in the charset it was labelled with",
    "cut": "a value longer than its field, cut at a word",
    "date_unread": "a date that could not be read; the article is undated",
    "dropped_by_rule": "a line dropped from the text by the rules of its source",
    "empty_body": "a title without a body",
    "entities": "HTML entities in a short field, written as characters",
    "feed_summary": "the feed holds a summary, not the whole text",
    "furniture_copyright": "a line dropped from the text: who holds the rights",
    "furniture_counter": "a line dropped from the text: readers or comments counted",
    "furniture_english": "a line dropped from the text: English words of the page around it",
    "furniture_follow": "a line dropped from the text: an invitation to follow or subscribe",
    "furniture_more": "a line dropped from the text: a link to more",
    "furniture_print": "a line dropped from the text: a button for printing",
    "furniture_share": "a line dropped from the text: a button for sharing",
    "html": "HTML markup in the body, turned into text",
    "live_blog": "a live blog: its entries in the order of the page",
    "mojibake_repaired": "letters that had been read in a wrong charset, read right",
    "one_gzip_member": "records share a gzip member: none can be read without those before it; repack the crawl",
    "payload_digest_mismatch": "the digest of the payload does not agree; that of the whole record does",
    "related": "a block of related headlines, kept as links beside the text",
    "replaced_characters": "characters that no database can hold, taken out or replaced",
    "source_given": "the source comes from --source",
    "source_gone": "tried again at the desk: neither its file nor its bytes are there any more",
    "taken_down_text": "the text stands taken down at another address: the article waits in review, unpublished",
    "title_derived": "no headline: the title is the first sentence",
    "wrong_length": "the record's length was wrong; its digest proves the bytes",
}


def is_rejection(code: str) -> bool:
    """Whether an item with this code counts as rejected; otherwise it counts as failed."""
    return code in REJECTED
