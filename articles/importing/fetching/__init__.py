"""Getting pages and feeds from the web, for operators only: no view imports this.

guard         which addresses may be spoken to: public ones, looked up once and then kept to
connection    one request to one looked-up address, within bounds of time and size
robots        what a site asks of programs
client        the manners: robots.txt, pauses, redirects, conditional requests
validators    what servers said of the version they gave last, for the next conditional request
items         from an answer to items of an import
"""
