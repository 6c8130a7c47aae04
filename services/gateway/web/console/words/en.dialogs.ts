/** What the dialogs say: transcript, ticket, commands, shortcuts. */

export const dialogs = {
  transcript: {
    title: "E-mail chat transcript",
    to: "To",
    toHint: "The contact's address, or any other contact's",
    subject: "Subject",
    defaultSubject: (date: string) => `Your chat from ${date}`,
    send: "Send transcript",
    needAddress: "Choose or type an e-mail address.",
    needSubject: "A subject is needed.",
    searching: "Contacts",
  },

  ticket: {
    title: "Create ticket",
    name: "Title",
    create: "Create ticket",
    needTitle: "A title is needed.",
    done: "Ticket created",
  },

  palette: {
    title: "Commands",
    placeholder: "Search commands",
    groups: { conversation: "This conversation", inbox: "Inbox", me: "You" },
    nothing: "No such command",
    goTo: (view: string) => `Go to ${view}`,
    reply: "Write a reply",
    comment: "Write a comment",
    close: "Close conversation",
    reopen: "Reopen conversation",
    assign: "Assign to somebody",
    assignMe: "Assign to me",
    next: "Next conversation",
    previous: "Previous conversation",
    dark: "Use the dark theme",
    light: "Use the light theme",
    shortcuts: "Show keyboard shortcuts",
    available: "Set me available",
    away: "Set me away",
    signOut: "Sign out",
  },

  keys: {
    title: "Keyboard shortcuts",
    next: "Next, previous",
    open: "Open",
    reply: "Reply",
    comment: "Comment",
    close: "Close",
    assign: "Assign",
    palette: "Anything else",
    help: "This list",
    send: "Send",
  },
};
