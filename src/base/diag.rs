//! What is wrong, where, and what would settle it: the one shape in which every stage speaks to an editor.
//!
//! A message says the fact in lower case, without a full stop, names in backticks; `help` says the next step.

use serde::{Deserialize, Serialize};

use super::input::Inputs;
use super::span::Span;

/// How bad it is: an error stops `build`, a warning is only shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The dossier cannot be published with it.
    Error,
    /// Worth a look.
    Warning,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal $severity:ident,)+) => {
        /// Every kind of finding. The names are a contract with other programs: more may come, none changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Code {
            /// All codes, in the order in which `check --list` shows them.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The name in JSON, in `site.toml` and in the terminal.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// One sentence on what it means.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }

            /// What it is reported as, unless `[lints]` says otherwise; `None` for a lint that is off.
            pub fn severity(self) -> Option<Severity> {
                match self { $(Code::$variant => codes!(@ $severity),)+ }
            }

            /// Whether it is a lint: its level can be set in `site.toml` and a record can `allow` it.
            pub fn is_lint(self) -> bool {
                match self { $(Code::$variant => codes!(? $severity),)+ }
            }
        }
    };
    (@ error) => { Some(Severity::Error) };
    (@ lint_error) => { Some(Severity::Error) };
    (@ lint) => { Some(Severity::Warning) };
    (@ off) => { None };
    (? error) => { false };
    (? lint_error) => { true };
    (? lint) => { true };
    (? off) => { true };
}

codes! {
    /// The YAML cannot be read.
    YamlSyntax = "yaml-syntax" error,
    /// `site.toml` cannot be read.
    TomlSyntax = "toml-syntax" error,
    /// A Markdown record does not start with front matter between two lines of `---`.
    MissingFrontMatter = "missing-front-matter" error,
    /// A key that this kind of record does not have.
    UnknownKey = "unknown-key" error,
    /// Words of a text that YAML takes for a comment.
    CommentInText = "comment-in-text" error,
    /// The same key twice.
    RepeatedKey = "repeated-key" error,
    /// A key that this kind of record must have.
    MissingKey = "missing-key" error,
    /// A value of another type than the key takes.
    WrongType = "wrong-type" error,
    /// A value that is not among those the key takes.
    BadValue = "bad-value" error,
    /// An id that is not lower-case letters, digits and hyphens.
    BadId = "bad-id" error,
    /// A date that is not EDTF, or not in the calendar.
    BadDate = "bad-date" error,
    /// Two records of one kind with one id.
    DuplicateId = "duplicate-id" error,
    /// Annotations on an article that is not there.
    UnknownArticle = "unknown-article" error,
    /// A reference to nothing.
    UnknownReference = "unknown-reference" error,
    /// A reference that several kinds of record answer to.
    AmbiguousReference = "ambiguous-reference" error,
    /// A link to a content file that is not there.
    BrokenLink = "broken-link" error,
    /// A link to a place in a page that is not there.
    BrokenAnchor = "broken-anchor" error,
    /// A quote that is not in the article.
    QuoteNotFound = "quote-not-found" error,
    /// A quote that is in the article more than once.
    QuoteAmbiguous = "quote-ambiguous" error,
    /// A quote whose passage was edited since.
    QuoteDrifted = "quote-drifted" error,
    /// A passage that reads otherwise, or stands in another sentence, than when it was accepted.
    PassageChanged = "passage-changed" lint_error,
    /// A passage that nobody has accepted; told by `check --locked` alone.
    PassageNew = "passage-new" error,
    /// A line of `dossier.lock` that cannot be read.
    LedgerSyntax = "ledger-syntax" error,
    /// One name on two records.
    AliasClash = "alias-clash" error,
    /// An estimate that is not low ≤ best ≤ high.
    RangeOrder = "range-order" error,
    /// A record that is part of itself.
    PartOfCycle = "part-of-cycle" error,
    /// A source that rests on itself.
    OriginCycle = "origin-cycle" error,
    /// Two pages or files at one address.
    RouteClash = "route-clash" error,
    /// A file beside a text in which something could run, so it is not copied.
    ActiveFile = "active-file" error,
    /// A template that cannot be used.
    TemplateError = "template-error" error,
    /// A file that is not UTF-8.
    NotUtf8 = "not-utf8" error,
    /// A file that cannot be opened.
    Unreadable = "unreadable" error,
    /// A file that is too large.
    TooLarge = "too-large" error,
    /// Brackets or lists nested too deep.
    TooDeep = "too-deep" error,
    /// A weekday beside a date that falls on another day.
    Weekday = "weekday" lint,
    /// A figure annotation whose number or words are not in its quote.
    NumberNotInQuote = "number-not-in-quote" lint,
    /// A number whose grouping reads otherwise in the language of its text.
    NumberFormat = "number-format" lint_error,
    /// A fact check without evidence.
    CheckWithoutEvidence = "check-without-evidence" lint,
    /// Evidence that was published after the check was made.
    EvidenceNewerThanCheck = "evidence-newer-than-check" lint,
    /// A percentage that does not follow from the two values beside it.
    Percentage = "percentage" lint,
    /// An event's date and the date in a quote about it that do not agree.
    DateMismatch = "date-mismatch" lint,
    /// A source that nothing cites.
    UnusedSource = "unused-source" lint,
    /// An entity that nothing mentions.
    OrphanEntity = "orphan-entity" lint,
    /// Evidence or estimates that look like several sources and share one origin.
    SameOrigin = "same-origin" lint,
    /// A cited address without an archived copy.
    MissingArchive = "missing-archive" off,
    /// A file in `content/` that is not read, because of its folder or its ending.
    StrayFile = "stray-file" lint,
    /// An image without an alternative text.
    AltMissing = "alt-missing" lint,
    /// An image on another host, which pages do not show.
    RemoteImage = "remote-image" lint,
    /// A tag, an attribute or an embed of raw HTML that pages leave out.
    HtmlDropped = "html-dropped" lint,
    /// Cells of a table that no column is for, and the address of a label that no link has: pages leave them out.
    TextDropped = "text-dropped" lint,
    /// A character that turns the direction of the text after it.
    TurnedText = "turned-text" lint,
    /// A footnote with the label of another: pages show the first.
    FootnoteTwice = "footnote-twice" lint,
    /// A language that the interface has no words in.
    InterfaceLanguage = "interface-language" lint,
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

/// A second place that helps to understand the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// An edit that settles the finding; `dossier fix` applies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The bytes to replace.
    pub span: Span,
    /// What to write there.
    pub replacement: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    /// What would settle it.
    pub help: Vec<String>,
    /// An edit that would settle it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding at its code's own level (a lint that is off by default becomes a warning: who makes it has asked for it).
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let severity = code.severity().unwrap_or(Severity::Warning);
        Self { code, severity, span, message: message.into(), labels: Vec::new(), help: Vec::new(), fix: None }
    }

    /// Adds what would settle it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help.push(help.into());
        self
    }

    /// Adds "did you mean" when there is a near name.
    pub fn did_you_mean(&mut self, near: Option<&str>) -> &mut Self {
        if let Some(near) = near {
            self.help.push(format!("did you mean `{near}`?"));
        }
        self
    }

    /// Adds a second place.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds the edit that settles it.
    pub fn fix(&mut self, span: Span, replacement: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// What the stages found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding; what it returns takes help, labels and a fix.
    pub fn add(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, span, message))
    }

    /// Adds a finding that was made elsewhere.
    pub fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(others);
    }

    /// In order of path, place and code, each once.
    pub fn finish(mut self, inputs: &Inputs) -> Self {
        self.found.sort_by(|a, b| {
            let place = |found: &Diagnostic| (inputs.position(found.span.file), found.span.start, found.span.end);
            (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message))
        });
        self.found.dedup();
        self
    }

    /// The errors alone.
    pub fn errors_only(&self) -> Self {
        Self { found: self.iter().filter(|found| found.severity == Severity::Error).cloned().collect() }
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// How many errors.
    pub fn errors(&self) -> usize {
        self.found.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// How many warnings.
    pub fn warnings(&self) -> usize {
        self.found.len() - self.errors()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}
