"""The web app: which pages there are. Run it with `yakkan serve`."""

import streamlit as st

from ui.ask import ask_page
from ui.compare import compare_page
from ui.coverage import coverage_page
from ui.search import search_page

st.set_page_config(page_title="Yakkan 約款", page_icon="📜", layout="centered", initial_sidebar_state="collapsed")
st.navigation(
    [
        st.Page(search_page, title="Search", url_path="search", default=True),
        st.Page(ask_page, title="Ask", url_path="ask"),
        st.Page(compare_page, title="Compare", url_path="compare"),
        st.Page(coverage_page, title="Coverage", url_path="coverage"),
    ],
    position="hidden",
).run()
