"""A transcript for people without this program: as Markdown, or as one page that a browser plays.

`story.py` is what both tell; `markdown.py` and `page.py` say it in their way. What programs read is the transcript
itself, or `transcript/bundle.py`. `choose.py` knows the forms by name.
"""
