import { Link } from "@tiptap/extension-link";
import { Mention } from "@tiptap/extension-mention";
import { Placeholder } from "@tiptap/extensions";
import { type Editor, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import type { SuggestionOptions } from "@tiptap/suggestion";
import { isSafeAddress, withScheme } from "../../state/richtext";

interface Options {
  label: string;
  hint: string;
  html: string;
  /** Who may be mentioned; null where nobody can be. */
  mentions: Omit<SuggestionOptions, "editor"> | null;
  onFiles(files: File[]): void;
  onSubmit(): void;
}

const kit = StarterKit.configure({
  heading: false,
  horizontalRule: false,
  strike: false,
  underline: false,
  dropcursor: false,
  gapcursor: false,
  link: false,
});

/** Links to the web and to mail; `shop.example` typed alone means `https://shop.example`. */
const link = Link.extend({
  addCommands() {
    const { setLink, ...rest } = this.parent?.() ?? {};
    return { ...rest, setLink: (to) => (props) => setLink?.({ ...to, href: withScheme(to.href) })(props) ?? false };
  },
}).configure({
  openOnClick: false,
  defaultProtocol: "https",
  isAllowedUri: (address) => isSafeAddress(withScheme(address)),
  HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
});

/** The writing machine: a small rich text editor that passes files and ⌘⏎ on. */
export function useWriting({ label, hint, html, mentions, onFiles, onSubmit }: Options): Editor | null {
  return useEditor({
    extensions: [
      kit,
      link,
      Placeholder.configure({ placeholder: hint }),
      ...(mentions ? [Mention.configure({ suggestion: mentions, renderText: ({ node }) => `@${node.attrs.label}` })] : []),
    ],
    content: html,
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-label": label, "aria-multiline": "true", spellcheck: "true" },
      handlePaste: (_, event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length > 0) onFiles(files);
        return files.length > 0;
      },
      handleKeyDown: (_, event) => {
        const send = event.key === "Enter" && (event.metaKey || event.ctrlKey);
        if (send) onSubmit();
        return send;
      },
    },
  });
}
