//! Somebody who edits a dossier at random: writes, changes, breaks, mends, moves and deletes its files.
//!
//! Names, ids and sentences come from short lists, so that records meet: clashes, dangling references, quotes that stand
//! twice or no more, and their mending, all come up within some dozens of steps.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus::Random;

const ARTICLES: &[&str] = &["a", "b", "c", "late/a", "late/d"];
const ENTITIES: &[&str] = &["alpha", "beta", "corps", "fire", "old/delta"];
const EVENTS: &[&str] = &["fire", "vote", "march"];
const FIGURES: &[&str] = &["dead", "cost"];
const SOURCES: &[&str] = &["paper", "wire", "a", "court"];
const PAGES: &[&str] = &["about", "alpha", "matrix"];
const STRAYS: &[&str] = &["content/articles/notes.txt.md", "content/annotations/a.yml", "content/read-me.md"];
const FILES: &[&str] =
    &["static/site.css", "static/dossier.css", "content/articles/map.png", "content/pages/map.png", "static/a/b.txt"];
const TEMPLATES: &[&str] = &["templates/page.html", "templates/entity.html", "templates/own.html"];

const NAMES: &[&str] = &["Alpha", "Alpha Corps", "Corps", "Beta", "gamma", "The mayor", "the fire"];
const REFS: &[&str] =
    &["alpha", "entity:fire", "event:fire", "fire", "vote", "paper", "a", "source:a", "check:k1", "k2", "dead", "none"];
const DATES: &[&str] = &["2024-09-15", "2024-09-16", "2024-07~", "2023/2024", "2025-01-17"];
const BLOCKS: &[&str] = &[
    "The mayor of Alpha left on Tuesday 16 September 2024.",
    "Alpha Corps and Beta met in gamma, as the report of [[fire]] says.",
    "See [[event:fire|the fire]], [[alpha]], [[none]] and [Beta](../entities/beta.md).",
    "The dead rose from 584 to 1,277, up 54 %.",
    "## The Corps of Alpha",
    "Some <b>bold</b> words <script>alert(1)</script> and\n\n<div>a block</div>",
    "![](map.png) ![a map](map.png) [data](../../static/a/b.txt) [the first](../articles/a.md)",
    "- one of Beta\n- two of gamma",
    "> About 20 people were hurt in Alpha, and 20 people in Beta.",
    "Nothing new was said there.",
    "A [bad](javascript:x) link, a [gone](../events/none.md) one, [about](../pages/about.md) and [[paper]].",
    "On 2024-09-15 the Corps counted `20` people.",
];
const QUOTES: &[&str] = &[
    "The mayor of Alpha left",
    "Alpha Corps and Beta met in gamma",
    "20 people",
    "from 584 to 1,277",
    "Nothing new is said there",
    "on Tuesday 16 September 2024",
    "as the report of",
    "Alpha",
];

/// A random editor of the dossier in a folder.
pub(crate) struct Editor {
    random: Random,
    root: PathBuf,
    /// Files that were broken, as they were.
    broken: Vec<(PathBuf, Vec<u8>)>,
}

impl Editor {
    pub(crate) fn new(root: &Path, seed: u64) -> Self {
        Self { random: Random(seed), root: root.to_path_buf(), broken: Vec::new() }
    }

    /// One to three edits at once; what a watcher might report of them.
    pub(crate) fn edit(&mut self) -> (String, Vec<PathBuf>) {
        let mut changed = Vec::new();
        let mut told = Vec::new();
        for _ in 0..1 + self.random.below(5) / 3 {
            let kind = self.random.below(EDITS.len());
            let paths = EDITS[kind].1(self);
            told.push(format!("{} {paths:?}", EDITS[kind].0));
            changed.extend(paths);
        }
        match self.random.below(12) {
            // Events got lost: all is looked at.
            0 => changed = vec![self.root.clone()],
            // A watcher may name the folder, a file that is no input, or one twice.
            1 => changed = changed.iter().filter_map(|path| Some(path.parent()?.to_path_buf())).collect(),
            2 => changed.extend([self.root.join("content/articles/.a.md.swp"), self.root.join("public/x.html")]),
            3 => changed.extend(changed.clone()),
            _ => {}
        }
        (told.join("; "), changed)
    }

    /// A path in which a record, or something else that is an input, may be.
    fn path(&mut self) -> String {
        let mut one = |folder: &str, ids: &[&str], ending: &str| {
            let id = self.random.one(ids);
            format!("content/{folder}/{id}.{ending}")
        };
        let choices = [
            one("articles", ARTICLES, "md"),
            one("annotations", ARTICLES, "yaml"),
            one("entities", ENTITIES, "md"),
            one("events", EVENTS, "md"),
            one("figures", FIGURES, "yaml"),
            one("sources", SOURCES, "yaml"),
            one("pages", PAGES, "md"),
            "content/index.md".to_owned(),
            "site.toml".to_owned(),
            self.random.one(STRAYS).to_owned(),
            self.random.one(FILES).to_owned(),
            self.random.one(TEMPLATES).to_owned(),
            "dossier.lock".to_owned(),
        ];
        // Mostly what is edited most.
        let kind = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12][self.random.below(22)];
        choices[kind].clone()
    }

    /// A file that is there.
    fn file(&mut self) -> Option<PathBuf> {
        let root = self.root.clone();
        (0..20).map(|_| root.join(self.path())).find(|path| path.is_file() && !path.is_symlink())
    }

    fn put(&self, path: &Path, bytes: &[u8]) {
        // Never through a link.
        let _ = fs::remove_file(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn ids(&mut self, of: &[&'static str]) -> String {
        (0..1 + self.random.below(2)).map(|_| self.random.one(of)).collect::<Vec<_>>().join(", ")
    }

    /// A line of YAML now and then.
    fn maybe(&mut self, out: &mut String, often: usize, line: impl FnOnce(&mut Self) -> String) {
        if self.random.below(6) < often {
            let line = line(self);
            let _ = writeln!(out, "{line}");
        }
    }

    fn blocks(&mut self) -> String {
        (0..1 + self.random.below(5)).map(|_| format!("{}\n\n", self.random.one(BLOCKS))).collect()
    }

    /// What is to stand in the file at a path.
    fn content(&mut self, path: &str) -> String {
        match path.split('/').nth(1) {
            _ if path == "site.toml" => self.settings(),
            _ if path == "dossier.lock" => (0..self.random.below(5)).map(|_| self.accepted()).collect(),
            _ if path.starts_with("templates/") => self.template(),
            Some("annotations") => (0..self.random.below(5)).map(|_| self.annotation()).collect(),
            Some("figures") => self.figure(),
            Some("sources") => self.source(""),
            Some("articles" | "entities" | "events" | "pages" | "index.md") if path.ends_with(".md") => {
                let (front, body) = (self.front(path), self.blocks());
                format!("---\n{front}---\n{body}")
            }
            _ => "x".repeat(self.random.below(9)),
        }
    }

    /// A line of the ledger.
    fn accepted(&mut self) -> String {
        let article = self.random.one(&["a", "b", "d", "was"]);
        let id = self.random.one(&["k1", "note-20-people", "figure-alpha", "mention-alpha"]);
        let passage = self.random.one(&[
            "About ⟦20 people⟧ were hurt in Alpha, and 20 people in Beta.",
            "⟦The mayor of Alpha left⟧ on Tuesday 16 September 2024.",
            "The mayor of ⟦Alpha⟧ left on Monday.",
            "no passage",
        ]);
        format!("{article}#{id} {passage}\n")
    }

    fn front(&mut self, path: &str) -> String {
        let mut out = String::new();
        match path.split('/').nth(1) {
            Some("entities") => {
                let (name, kind) = (self.random.one(NAMES), self.random.one(&["person", "place", "ship"]));
                let _ = writeln!(out, "name: {name}\nkind: {kind}");
                self.maybe(&mut out, 3, |own| format!("aliases: [{}]", own.ids(NAMES)));
                self.maybe(&mut out, 1, |own| format!("aliases_x: [{}]", own.ids(NAMES)));
                self.maybe(&mut out, 2, |own| format!("part_of: {}", own.random.one(REFS)));
                self.maybe(&mut out, 2, |own| {
                    format!(
                        "relations: [{{ to: {}, type: leads, source: {} }}]",
                        own.random.one(REFS),
                        own.random.one(REFS)
                    )
                });
            }
            Some("events") => {
                let _ = writeln!(out, "title: The {}\ndate: {}", self.random.one(NAMES), self.random.one(DATES));
                self.maybe(&mut out, 2, |own| {
                    format!("aliases: [{{ text: {}, match: any_case }}]", own.random.one(NAMES))
                });
                self.maybe(&mut out, 3, |own| format!("participants: [{}]", own.ids(REFS)));
                self.maybe(&mut out, 2, |own| format!("part_of: {}", own.random.one(REFS)));
                self.maybe(&mut out, 2, |own| format!("sources: [{}]", own.ids(REFS)));
            }
            Some("articles") => {
                let _ = writeln!(out, "title: {} again", self.random.one(NAMES));
                self.maybe(&mut out, 2, |own| format!("published: {}", own.random.one(DATES)));
                self.maybe(&mut out, 2, |own| format!("source: {}", own.random.one(REFS)));
                self.maybe(&mut out, 1, |own| format!("source:\n{}", own.source("  ").trim_end()));
                self.maybe(&mut out, 1, |_| "digest: true".to_owned());
            }
            _ => out = format!("title: {}\n", self.random.one(NAMES)),
        }
        self.maybe(&mut out, 2, |own| format!("summary: \"Of [it](../events/fire.md), {}\"", own.random.one(QUOTES)));
        self.maybe(&mut out, 1, |_| "draft: true".to_owned());
        self.maybe(&mut out, 1, |own| format!("former_ids: [{}]", own.ids(&["a", "alpha", "was"])));
        self.maybe(&mut out, 1, |own| {
            format!("allow: [{}]", own.ids(&["weekday", "percentage", "orphan-entity", "nope"]))
        });
        self.maybe(&mut out, 1, |own| format!("language: {}", own.random.one(&["fr", "en", "fr_FR"])));
        out
    }

    fn source(&mut self, indent: &str) -> String {
        let mut out = format!("{indent}title: In {}\n", self.random.one(NAMES));
        self.maybe(&mut out, 3, |own| format!("{indent}origin: {}", own.random.one(&["paper", "wire", "court", "a"])));
        self.maybe(&mut out, 3, |own| format!("{indent}published: {}", own.random.one(DATES)));
        self.maybe(&mut out, 2, |_| format!("{indent}url: https://example.org/x"));
        self.maybe(&mut out, 2, |own| {
            format!("{indent}note: \"See [[{}]] of mardi 16 septembre 2024.\"", own.random.one(REFS))
        });
        out
    }

    fn figure(&mut self) -> String {
        let mut out = format!("title: How many in {}\n", self.random.one(NAMES));
        self.maybe(&mut out, 2, |own| format!("kind: {}", own.random.one(&["number", "date", "account"])));
        self.maybe(&mut out, 3, |own| format!("event: {}", own.random.one(REFS)));
        self.maybe(&mut out, 3, |own| format!("about: [{}]", own.ids(REFS)));
        out.push_str("estimates:\n");
        for _ in 0..1 + self.random.below(3) {
            let (source, low) = (self.random.one(REFS), self.random.below(3) * 10);
            let _ = writeln!(out, "  - {{ source: {source}, low: {low}, high: 20, by: {} }}", self.random.one(REFS));
        }
        out
    }

    fn annotation(&mut self) -> String {
        let mut out = match self.random.below(6) {
            0 | 1 => {
                let mut out = format!(
                    "- type: fact_check\n  verdict: {}\n",
                    self.random.one(&["accurate", "misleading", "opinion", "odd"])
                );
                let _ = writeln!(out, "  checked: {}", self.random.one(DATES));
                let _ = writeln!(out, "  id: {}", self.random.one(&["k1", "k2", "k3", "alpha"]));
                self.maybe(&mut out, 4, |own| {
                    let one =
                        |own: &mut Self| format!("    - {{ source: {}, stance: supports }}", own.random.one(REFS));
                    format!("  evidence:\n{}\n{}", one(own), one(own))
                });
                self.maybe(&mut out, 3, |own| format!("  about: [{}]", own.ids(REFS)));
                self.maybe(&mut out, 3, |own| format!("  claimed_by: {}", own.random.one(REFS)));
                self.maybe(&mut out, 2, |own| format!("  claim: It was {}", own.random.one(QUOTES)));
                out
            }
            2 => format!("- type: figure\n  figure: {}\n  best: 20\n", self.random.one(FIGURES)),
            3 => {
                let relation = self.random.one(&["supports", "contradicts", "context"]);
                format!("- type: cross_reference\n  to: [{}]\n  relation: {relation}\n", self.ids(REFS))
            }
            4 => format!("- type: mention\n  of: {}\n", self.random.one(REFS)),
            _ => format!("- type: note\n  note: \"Of [[{}]].\"\n", self.random.one(REFS)),
        };
        let _ = writeln!(out, "  quote: \"{}\"", self.random.one(QUOTES));
        self.maybe(&mut out, 1, |own| {
            format!("  prefix: \"{}\"", own.random.one(&["About", "in Alpha, and", "wrong"]))
        });
        self.maybe(&mut out, 1, |own| format!("  allow: [{}]", own.ids(&["weekday", "percentage", "date-mismatch"])));
        out
    }

    fn settings(&mut self) -> String {
        let mut out = format!("title = \"{}\"\nbase_url = \"https://example.org/d/\"\n", self.random.one(NAMES));
        self.maybe(&mut out, 3, |own| format!("language = \"{}\"", own.random.one(&["fr", "en", "xx_"])));
        self.maybe(&mut out, 1, |_| "titel = \"x\"".to_owned());
        self.maybe(&mut out, 1, |_| {
            "verdicts = [{ id = \"accurate\", tone = \"negative\" }, { id = \"odd\" }]".to_owned()
        });
        self.maybe(&mut out, 1, |_| "entity_kinds = [{ id = \"ship\", label = \"Ship\" }]".to_owned());
        out.push_str("[build]\n");
        self.maybe(&mut out, 3, |own| format!("raw_html = \"{}\"", own.random.one(&["sanitize", "escape", "allow"])));
        self.maybe(&mut out, 3, |own| {
            format!("mentions = \"{}\"", own.random.one(&["section", "first", "all", "none"]))
        });
        out.push_str("[lints]\n");
        self.maybe(&mut out, 2, |own| format!("weekday = \"{}\"", own.random.one(&["off", "error"])));
        self.maybe(&mut out, 2, |own| format!("missing-archive = \"{}\"", own.random.one(&["warn", "error"])));
        self.maybe(&mut out, 2, |_| "same-origin = \"off\"".to_owned());
        out
    }

    fn template(&mut self) -> String {
        let whole = "{% extends \"base.html\" %}{% block main %}<p>Own: {{ page.title }}</p>{% endblock %}";
        self.random
            .one(&[whole, "<p>{{ site.title }}</p>", "{% if %}", "{{ page.nothing }}", "{% extends \"none.html\" %}"])
            .to_owned()
    }
}

type Edit = (&'static str, fn(&mut Editor) -> Vec<PathBuf>);

const EDITS: &[Edit] = &[
    ("write", write),
    ("write", write),
    ("write", write),
    ("change a line", change_a_line),
    ("change a line", change_a_line),
    ("change a line", change_a_line),
    ("mistype", mistype),
    ("delete", delete),
    ("move", rename),
    ("break", break_it),
    ("mend", mend),
    ("mend", mend),
    ("delete or move a folder", folder),
    ("link", link),
];

fn write(editor: &mut Editor) -> Vec<PathBuf> {
    let path = editor.path();
    let content = editor.content(&path);
    let at = editor.root.join(&path);
    editor.put(&at, content.as_bytes());
    vec![at]
}

/// Deletes, repeats or replaces a line, or puts in a sentence: what an editor does most.
fn change_a_line(editor: &mut Editor) -> Vec<PathBuf> {
    let Some(path) = editor.file() else { return Vec::new() };
    let Ok(text) = String::from_utf8(fs::read(&path).expect("it is there")) else { return Vec::new() };
    let mut lines: Vec<&str> = text.lines().collect();
    let at = editor.random.below(lines.len() + 1);
    match editor.random.below(4) {
        0 if at < lines.len() => drop(lines.remove(at)),
        1 if at < lines.len() => lines.insert(at, lines[at]),
        2 => lines.insert(at, editor.random.one(BLOCKS)),
        _ => lines.extend([editor.random.one(BLOCKS), ""]),
    }
    editor.put(&path, (lines.join("\n") + "\n").as_bytes());
    vec![path]
}

/// Replaces a letter or digit by another: the file is as long as before.
fn mistype(editor: &mut Editor) -> Vec<PathBuf> {
    let Some(path) = editor.file() else { return Vec::new() };
    let mut bytes = fs::read(&path).expect("it is there");
    let letters: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphanumeric()).collect();
    if letters.is_empty() {
        return Vec::new();
    }
    bytes[letters[editor.random.below(letters.len())]] = b"ab02"[editor.random.below(4)];
    editor.put(&path, &bytes);
    vec![path]
}

fn delete(editor: &mut Editor) -> Vec<PathBuf> {
    let Some(path) = editor.file() else { return Vec::new() };
    fs::remove_file(&path).expect("it is there");
    vec![path]
}

fn rename(editor: &mut Editor) -> Vec<PathBuf> {
    let (Some(from), to) = (editor.file(), editor.path()) else { return Vec::new() };
    let to = editor.root.join(to);
    fs::create_dir_all(to.parent().expect("below the root")).expect("a folder");
    fs::rename(&from, &to).expect("both are files");
    vec![from, to]
}

fn break_it(editor: &mut Editor) -> Vec<PathBuf> {
    let Some(path) = editor.file() else { return Vec::new() };
    let mut bytes = fs::read(&path).expect("it is there");
    editor.broken.push((path.clone(), bytes.clone()));
    let broken: &[u8] =
        [&b"\xff"[..], b"---\ntitle: [\n", b"", b"- x: {\n", b"\xef\xbb\xbf", b"\0"][editor.random.below(6)];
    bytes.splice(0..0, broken.iter().copied());
    editor.put(&path, &bytes);
    vec![path]
}

fn mend(editor: &mut Editor) -> Vec<PathBuf> {
    let Some((path, bytes)) = editor.broken.pop() else { return Vec::new() };
    editor.put(&path, &bytes);
    vec![path]
}

fn folder(editor: &mut Editor) -> Vec<PathBuf> {
    let root = editor.root.clone();
    let (late, old) = (root.join("content/articles/late"), root.join("content/articles/gone"));
    let templates = root.join("templates");
    match editor.random.below(3) {
        0 if late.is_dir() && !old.exists() => fs::rename(&late, &old).expect("both are folders"),
        1 if old.is_dir() && !late.exists() => fs::rename(&old, &late).expect("both are folders"),
        2 if templates.is_dir() => fs::remove_dir_all(&templates).expect("it is there"),
        _ => return Vec::new(),
    }
    vec![late, old, templates]
}

/// A symbolic link in place of a file, and sometimes to nothing.
fn link(editor: &mut Editor) -> Vec<PathBuf> {
    let path = editor.root.join(editor.random.one(&["content/articles/c.md", "content/pages/about.md"]));
    let _ = fs::remove_file(&path);
    fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../articles/b.md", &path).expect("a link");
    vec![path]
}
