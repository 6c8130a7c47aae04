import { Link } from "@tiptap/extension-link";
import { Mention } from "@tiptap/extension-mention";
import { Placeholder } from "@tiptap/extensions";
import type { Transaction } from "@tiptap/pm/state";
import { type Editor, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import type { SuggestionOptions } from "@tiptap/suggestion";
import { useEffect } from "react";
import type { Draft } from "../../state/drafts";
import { pastedFiles } from "../../../protocol/clipboard";
import { isSafeAddress, withScheme } from "../../state/richtext";

interface Options {
  label: string;
  hint: string;
  html: string;
  /** Who may be mentioned; null where nobody can be. */
  mentions: Omit<SuggestionOptions, "editor"> | null;
  /** Whether the keys belong to the list of names right now. */
  isChoosing(): boolean;
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

/** Links to the web and to mail, and to nothing else. */
const link = Link.configure({
  openOnClick: false,
  defaultProtocol: "https",
  isAllowedUri: (address) => isSafeAddress(withScheme(address)),
  HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
});

/** What was written, as it is kept: nothing at all when nothing was. */
export const htmlOf = (editor: Editor) => (editor.isEmpty ? "" : editor.getHTML());

const GIVEN_BACK = "wordsGivenBack";

/** Whether words were put there, typed by nobody. */
export const isGivenBack = (change: Transaction): boolean => change.getMeta(GIVEN_BACK) === true;

/**
 * Words given back while the editor is open take the place of those in it, which they hold too. Whoever was writing goes on
 * behind them; who has the keys in another field keeps them there.
 */
export function useGivenBack(editor: Editor | null, kept: Draft): void {
  useEffect(() => {
    if (!editor || kept.html === htmlOf(editor)) return;
    const isFree = editor.isFocused || document.activeElement === document.body;
    editor.chain().setMeta(GIVEN_BACK, true).setContent(kept.html).run();
    if (isFree) editor.commands.focus("end");
  }, [editor, kept]);
}

/** The writing machine: a small rich text editor that passes files and ⌘⏎ on; Escape leaves it. */
export function useWriting({ label, hint, html, mentions, isChoosing, onFiles, onSubmit }: Options): Editor | null {
  return useEditor({
    extensions: [
      kit,
      link,
      Placeholder.configure({ placeholder: hint }),
      ...(mentions ? [Mention.configure({ suggestion: mentions, renderText: ({ node }) => `@${node.attrs.label}` })] : []),
    ],
    content: html,
    // One made while rendering is thrown away when the page is slow to show it, with the draft in its hands.
    immediatelyRender: false,
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-label": label, "aria-multiline": "true", spellcheck: "true" },
      handlePaste: (_, event) => {
        const files = pastedFiles(event.clipboardData);
        if (files.length > 0) onFiles(files);
        return files.length > 0;
      },
      handleKeyDown: (view, event) => {
        const send = event.key === "Enter" && (event.metaKey || event.ctrlKey);
        const leave = event.key === "Escape" && !isChoosing();
        if (send) onSubmit();
        if (leave) view.dom.blur();
        return send || leave;
      },
    },
  });
}
