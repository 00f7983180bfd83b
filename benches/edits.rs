//! What is edited in the benchmarks of the preview: one edit of each kind that somebody waits for.

// Each of its users needs another part of it.
#![allow(dead_code, reason = "shared by several targets")]

use std::fs;
use std::path::Path;

/// A kind of edit: the file, the page that shows it, and what the file says with a word in it.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) file: String,
    pub(crate) page: String,
    text: fn(&str, &str) -> String,
}

impl Edit {
    /// The word that the edit of a number brings to its page.
    pub(crate) fn word(&self, n: usize) -> String {
        format!("Zz{}{n}zz", self.name)
    }

    /// What the file says after it.
    pub(crate) fn after(&self, original: &str, n: usize) -> String {
        (self.text)(original, &self.word(n))
    }

    /// Puts the file back as it was; a template of the dossier's own was none.
    pub(crate) fn undo(&self, path: &Path, original: &str) {
        if self.name == "template" {
            let _ = fs::remove_file(path);
        } else {
            put(path, original);
        }
    }
}

/// The edits of a dossier of so many articles.
pub(crate) fn edits(articles: usize) -> Vec<Edit> {
    let (article, entity) = (format!("a{}", articles / 2), format!("e{}", articles / 4));
    let page = format!("/articles/{article}.html");
    vec![
        Edit { name: "body", file: format!("content/articles/{article}.md"), page: page.clone(), text: at_the_end },
        Edit {
            name: "annotation",
            file: format!("content/annotations/{article}.yaml"),
            page: page.clone(),
            text: |text, word| text.replacen("note: ", &format!("note: {word} "), 1),
        },
        Edit {
            name: "alias",
            file: format!("content/entities/{entity}.md"),
            page: format!("/entities/{entity}.html"),
            text: |text, word| text.replacen("kind: ", &format!("aliases: [{word}]\nkind: "), 1),
        },
        Edit {
            name: "template",
            file: "templates/article.html".to_owned(),
            page,
            text: |text, word| text.replacen("<article ", &format!("{word}<article "), 1),
        },
    ]
}

/// The same for a site under Hugo, as far as it has such.
pub(crate) fn hugo_edits(articles: usize) -> Vec<Edit> {
    let article = format!("a{}", articles / 2);
    let page = format!("/articles/{article}/");
    vec![
        Edit { name: "body", file: format!("content/articles/{article}.md"), page: page.clone(), text: at_the_end },
        Edit {
            name: "template",
            file: "layouts/_default/single.html".to_owned(),
            page,
            text: |text, word| text.replacen("<article>", &format!("<article>{word}"), 1),
        },
    ]
}

fn at_the_end(text: &str, word: &str) -> String {
    format!("{text}\n{word}\n")
}

/// The built-in template of articles.
pub(crate) fn template() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/article.html")).expect("a template")
}

/// Writes a file, and its folder if need be.
pub(crate) fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Files in a temporary folder.
pub(crate) fn written(files: &[(String, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    files.iter().for_each(|(path, text)| put(&folder.path().join(path), text));
    folder
}
