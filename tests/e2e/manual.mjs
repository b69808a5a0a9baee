// Which pictures of the run the manual shows, by the names they have there; written only when the run is called with --manual.
export const manual = {
    "head-inbox-desktop": "inbox",
    "desk-1-dropped": "clerk-desk",
    "desk-6-fifty-on-their-way": "clerk-fifty",
    "desk-5-duplicate": "clerk-duplicate",
    "clerk-registers-incoming-books-desktop": "clerk-books",
    "walk-02-chief-proposes": "chief-proposal",
    "walk-05-leader-instructs": "leader-instruction",
    "walk-12-handler-document-phone": "handler-phone",
    "walk-17-handler-finishes": "handler-finish",
    "counters-in-2021-desktop": "figures",
    "search-1-inside-a-law": "search",
    "administrator-organisation-units-desktop": "administrator-units",
    "administrator-journal-desktop": "administrator-journal",
};
