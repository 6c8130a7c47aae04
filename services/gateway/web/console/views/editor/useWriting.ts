import { Mention } from "@tiptap/extension-mention";
import { Placeholder } from "@tiptap/extensions";
import { type Editor, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import type { SuggestionOptions } from "@tiptap/suggestion";
import { isSafeAddress } from "../../state/richtext";

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
  heading: false, horizontalRule: false, strike: false, underline: false, dropcursor: false, gapcursor: false,
  link: {
    openOnClick: false, defaultProtocol: "https", protocols: ["http", "https", "mailto"], isAllowedUri: (address) => isSafeAddress(address),
    HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
  },
});

/** The writing machine: a small rich text editor that passes files and ⌘⏎ on. */
export function useWriting({ label, hint, html, mentions, onFiles, onSubmit }: Options): Editor | null {
  return useEditor({
    extensions: [
      kit,
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
