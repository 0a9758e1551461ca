"""Reading what units hand in, to see what is in it. Only the text; nothing is run or followed.

    lines      a document as lines of text, each with its place and whether it is a heading
    reading    a file of any kind → lines
    word       .docx → lines
    page       PDF → lines
    workbook   .xlsx → lines, a row each
    chapters   which of the chapters that a regulation asks for are there, and where
    amounts    money as documents write it, with the unit that stands beside it or above

A verdict never claims more than was seen: what cannot be told is `doubt`, with the reason, and a
person decides.
"""
