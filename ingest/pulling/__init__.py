"""Feeds that are fetched: an office's own address asked on a schedule, politely, page by page, to its end.

A source is a table (`table`), read from an office's profile or a folder (`listing`). Its kind gives it habits
(`kinds/`), by which a walk (`walks`) says what to ask next; `asking` asks; `run` keeps the place after every
page, so that a kill costs no more than the page it hit, and hands what came over as one feed.
"""
