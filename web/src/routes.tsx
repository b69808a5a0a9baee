import { createBrowserRouter, Navigate } from "react-router-dom";
import { Broken } from "@/frame/Broken";
import { Frame } from "@/frame/Frame";
import { InboxPage } from "@/modules/inbox/InboxPage";

/** Every page but the inbox is fetched when first opened. */
export const router = createBrowserRouter(
  [
    {
      path: "/",
      element: <Frame />,
      errorElement: <Broken />,
      children: [
        { index: true, element: <Navigate to="/inbox" replace /> },
        { path: "inbox", element: <InboxPage /> },
        { path: "desk", lazy: async () => ({ Component: (await import("@/modules/desk/IncomingDeskPage")).IncomingDeskPage }) },
        { path: "registers", lazy: async () => ({ Component: (await import("@/modules/registers/RegistersPage")).RegistersPage }) },
        { path: "registers/:register", lazy: async () => ({ Component: (await import("@/modules/registers/RegisterPage")).RegisterPage }) },
        { path: "registers/:register/new", lazy: async () => ({ Component: (await import("@/modules/registers/NewRecordPage")).NewRecordPage }) },
        { path: "registers/:register/books", lazy: async () => ({ Component: (await import("@/modules/registers/BooksPage")).BooksPage }) },
        { path: "books", lazy: async () => ({ Component: (await import("@/modules/registers/AllBooksPage")).AllBooksPage }) },
        { path: "records/:record", lazy: async () => ({ Component: (await import("@/modules/records/RecordPage")).RecordPage }) },
        { path: "search", lazy: async () => ({ Component: (await import("@/modules/search/SearchPage")).SearchPage }) },
        { path: "calendar", lazy: async () => ({ Component: (await import("@/modules/calendar/CalendarPage")).CalendarPage }) },
        { path: "organisation/:section?", lazy: async () => ({ Component: (await import("@/modules/organisation/OrganisationPage")).OrganisationPage }) },
        { path: "journal", lazy: async () => ({ Component: (await import("@/modules/journal/JournalPage")).JournalPage }) },
        { path: "lists/:list?", lazy: async () => ({ Component: (await import("@/modules/upkeep/ListsPage")).ListsPage }) },
        { path: "lists/part/:part", lazy: async () => ({ Component: (await import("@/modules/upkeep/ListsPage")).ListsPage }) },
        { path: "backups", lazy: async () => ({ Component: (await import("@/modules/upkeep/BackupsPage")).BackupsPage }) },
        { path: "jobs", lazy: async () => ({ Component: (await import("@/modules/upkeep/JobsPage")).JobsPage }) },
        { path: "settings", lazy: async () => ({ Component: (await import("@/modules/settings/SettingsPage")).SettingsPage }) },
        { path: "account", lazy: async () => ({ Component: (await import("@/modules/session/AccountPage")).AccountPage }) },
        { path: "*", lazy: async () => ({ Component: (await import("@/frame/NotFound")).NotFound }) },
      ],
    },
  ],
  { future: { v7_relativeSplatPath: true } },
);
