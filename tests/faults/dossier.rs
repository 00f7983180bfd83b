//! A small dossier with everything that is read in another way, and commands on it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dossier::edge::verify;

pub(crate) struct Dossier {
    pub(crate) place: tempfile::TempDir,
}

pub(crate) const FILES: &[(&str, &str)] = &[
    ("content/articles/a.md", "---\ntitle: A\n---\nThe mayor left town on Monday.\n"),
    // `fix` has something to mend here.
    (
        "content/annotations/a.yaml",
        "- { type: mention, quote: town, of: mayro }\n- { type: note, quote: Monday, note: y }\n",
    ),
    ("content/entities/mayor.md", "---\nname: The mayor\nkind: person\n---\n"),
    ("content/pages/p.md", "---\ntitle: P\n---\nText.\n"),
    ("static/photo.jpg", "no photo"),
    ("static/own.css", "a { color: red }"),
];

impl Dossier {
    pub(crate) fn new() -> Self {
        let dossier = Self { place: tempfile::tempdir().expect("a folder") };
        dossier.edition(0);
        FILES.iter().for_each(|(path, text)| dossier.put(path, text));
        dossier
    }

    /// The same, and nothing for `fix` to do.
    pub(crate) fn without_mistakes() -> Self {
        let dossier = Self::new();
        dossier.put("content/annotations/a.yaml", "- { type: note, quote: The mayor left town, note: x }\n");
        dossier
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.place.path().join("dossier")
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.place.path().join("output/public")
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn edition(&self, number: usize) {
        self.put("site.toml", &format!("title = \"Edition {number}\"\nbase_url = \"https://example.org/d/\"\n"));
    }

    /// The edition that stands in the output, which has to be whole; `None` where there is none.
    #[track_caller]
    pub(crate) fn edition_there(&self) -> Option<usize> {
        let output = self.output();
        let manifest = verify::manifest(&output.join("manifest.json")).ok()?;
        let report = verify::folder(&output, &manifest).expect("a copy");
        assert!(report.is_whole(), "{report:?}");
        let home = fs::read_to_string(output.join("index.html")).expect("a page");
        let (_, after) = home.split_once("Edition ").expect("an edition");
        after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
    }

    /// What the command line `words` is called with; `OUT` stands for the output folder.
    pub(crate) fn arguments(&self, words: &str) -> Vec<String> {
        let output = self.output().display().to_string();
        let mut arguments: Vec<String> = words.split(' ').map(|word| word.replace("OUT", &output)).collect();
        arguments.extend(["--root".to_owned(), self.root().display().to_string()]);
        arguments
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(self.arguments(words));
        command
    }

    #[track_caller]
    pub(crate) fn must(&self, words: &str) {
        let done = run(&mut self.command(words));
        assert_eq!(done.status.code(), Some(0), "{words}: {}", said(&done));
    }

    /// The editors' files, by path.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.root())
    }
}

/// Every file below a folder, hidden ones too, but for the schemas that `new` writes.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".dossier");
    let entries = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().to_path_buf(), fs::read(entry.path()).unwrap_or_default())).collect()
}

pub(crate) fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().expect("it runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Says aloud that a test was passed over: the captured output of a test that passes is not shown.
pub(crate) fn passed_over(why: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: {why} ***");
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A command in which calls of the system fail, as `strace` is told. Calls are counted in each thread, so there is one beside the
/// main thread. With `at`, only calls that are about that file count.
pub(crate) fn with_fault(command: &Command, at: Option<&Path>, fault: &str) -> Option<Command> {
    let probe = ["-qqq", "-o", "/dev/null", "-e", "inject=renameat2:error=EINVAL", "true"];
    if !Command::new("strace").args(probe).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        passed_over("`strace` is missing or may not trace");
        return None;
    }
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-o", "/dev/null", "-e", fault]).env("RAYON_NUM_THREADS", "1");
    // Where cargo has its libraries looked for.
    strace.env_remove("LD_LIBRARY_PATH");
    if let Some(at) = at {
        strace.arg("-P").arg(at);
    }
    strace.arg(command.get_program()).args(command.get_args());
    Some(strace)
}
