//! A branch of a repository, by `git`: one commit a publication, and one push that takes all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{PublishError, Target};
use crate::edge::manifest::Entry;
use crate::edge::program::{self, Ended};
use crate::model::settings::GitBranch;

/// A branch in a repository elsewhere, and one here that holds no more of it than what is asked.
pub(super) struct Git {
    repository: TempDir,
    branch: String,
    /// The commit that the branch is at; `None` for a branch that is not there yet.
    tip: Option<String>,
}

impl Git {
    /// Fetches the newest commit of the branch: its folders, and of its files those that are read.
    pub(super) fn fetch(settings: &GitBranch, root: &Path) -> Result<Self, PublishError> {
        let failed =
            |error: std::io::Error| PublishError::Failed(format!("a temporary folder cannot be made: {error}"));
        let repository = tempfile::tempdir().map_err(failed)?;
        let git = Self { repository, branch: settings.branch.clone(), tip: None };
        // A path is one from the dossier, wherever git is started.
        let path = root.join(&settings.remote).canonicalize().ok();
        let remote = path.as_deref().and_then(Path::to_str).unwrap_or(&settings.remote);
        git.must(&["init", "--quiet"], &[])?;
        git.must(&["config", "remote.origin.url", remote], &[])?;
        let mut git = git;
        let (reference, to_tip) =
            (format!("refs/heads/{}", git.branch), format!("+refs/heads/{}:refs/heads/tip", git.branch));
        if !git.ask_remote(&["ls-remote", "origin", &reference], &[])?.out.is_empty() {
            git.ask_remote(
                &["fetch", "--quiet", "--depth=1", "--no-tags", "--filter=blob:none", "origin", &to_tip],
                &[],
            )?;
            git.tip = Some(git.must(&["rev-parse", "refs/heads/tip"], &[])?.text().trim().to_owned());
            git.must(&["read-tree", "refs/heads/tip"], &[])?;
        }
        Ok(git)
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut git = Command::new("git");
        // The bytes of the site are the bytes of the commit, whatever this user's settings are for other repositories. Attributes in
        // the branch are met by writing objects without filters.
        git.args(["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "core.attributesFile="])
            .env("GIT_ATTR_NOSYSTEM", "1")
            .args(arguments)
            .current_dir(self.repository.path())
            .env("GIT_DIR", self.repository.path().join(".git"))
            .env("GIT_WORK_TREE", self.repository.path())
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env_remove("GIT_INDEX_FILE");
        git
    }

    fn must(&self, arguments: &[&str], input: &[u8]) -> Result<Ended, PublishError> {
        good(program::run(&mut self.command(arguments), input))
    }

    fn ask_remote(&self, arguments: &[&str], input: &[u8]) -> Result<Ended, PublishError> {
        good(program::run_patiently(&mut self.command(arguments), input, is_passing))
    }

    /// Who signs a commit: the user, or this program where git knows of none.
    fn commit(&self, tree: &str, message: &str) -> Result<String, PublishError> {
        let parent = self.tip.iter().flat_map(|tip| ["-p", tip.as_str()]);
        let arguments: Vec<&str> = ["commit-tree", tree, "-m", message].into_iter().chain(parent).collect();
        let mut git = self.command(&arguments);
        let known =
            program::run(&mut self.command(&["var", "GIT_COMMITTER_IDENT"]), &[]).is_ok_and(|ended| ended.is_good());
        if !known {
            for role in ["AUTHOR", "COMMITTER"] {
                git.env(format!("GIT_{role}_NAME"), "dossier publish")
                    .env(format!("GIT_{role}_EMAIL"), "dossier@localhost");
            }
        }
        Ok(good(program::run(&mut git, &[]))?.text().trim().to_owned())
    }
}

fn good(ended: std::io::Result<Ended>) -> Result<Ended, PublishError> {
    match ended {
        Ok(ended) if ended.is_good() => Ok(ended),
        Ok(ended) => Err(PublishError::Failed(format!("git: {ended}"))),
        Err(error) => Err(PublishError::Failed(format!("`git` is needed for this, and could not be started: {error}"))),
    }
}

/// What git says of a network that may be better in a moment. A wrong password is none of them: asking again locks accounts.
fn is_passing(ended: &Ended) -> bool {
    // Over http it is curl that says so, and of a refused connection not in the same words in each version.
    let passing = [
        "Could not resolve host",
        "timed out",
        "Connection reset",
        "Connection refused",
        "Couldn't connect to server",
        "Could not connect to server",
        "returned error: 429",
        "returned error: 502",
        "returned error: 503",
        "returned error: 504",
        "early EOF",
        "RPC failed",
    ];
    passing.iter().any(|words| ended.said.contains(words))
}

fn list(paths: &[&str]) -> Vec<u8> {
    paths.iter().flat_map(|path| path.bytes().chain([0])).collect()
}

/// A path on a line of its own, in the quotes that git reads where a name has signs that would end it.
fn escaped(path: &Path) -> Vec<u8> {
    let mut line = vec![b'"'];
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'"' | b'\\' => line.extend([b'\\', *byte]),
            b' '..=b'~' => line.push(*byte),
            byte => line.extend(format!("\\{byte:03o}").bytes()),
        }
    }
    line.extend(b"\"\n");
    line
}

impl Target for Git {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let name = format!(":{path}");
        match self.must(&["ls-files", "--cached", "-z", "--", path], &[])?.out.is_empty() {
            true => Ok(None),
            false => Ok(Some(self.ask_remote(&["cat-file", "blob", &name], &[])?.out)),
        }
    }

    fn list(&mut self) -> Result<BTreeSet<String>, PublishError> {
        let ended = self.must(&["ls-files", "--cached", "-z"], &[])?;
        Ok(ended.text().split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
    }

    fn holds(&mut self, _: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        // Nothing of a publication that was killed is in the branch.
        Ok(BTreeMap::new())
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        let from = std::path::absolute(from).unwrap_or_else(|_| from.to_path_buf());
        // `.gitattributes`, in the branch or the site, would have other bytes stored than there are: `text`, `ident`, a filter.
        let files: Vec<u8> = paths.iter().flat_map(|path| escaped(&from.join(path))).collect();
        let objects = self.must(&["hash-object", "-w", "--no-filters", "--stdin-paths"], &files)?.text();
        if objects.lines().count() != paths.len() {
            return Err(PublishError::Failed("git: it did not take every file".to_owned()));
        }
        let entries: Vec<u8> = objects
            .lines()
            .zip(paths)
            .flat_map(|(object, path)| format!("100644 {object}\t{path}\0").into_bytes())
            .collect();
        // What stood in the way of a folder goes with it.
        self.must(&["update-index", "-z", "--add", "--replace", "--index-info"], &entries)?;
        sent(paths.len());
        Ok(())
    }

    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError> {
        self.must(&["update-index", "-z", "--force-remove", "--stdin"], &list(paths)).map(drop)
    }

    fn finish(&mut self, summary: &str) -> Result<(), PublishError> {
        let tree = self.must(&["write-tree"], &[])?.text().trim().to_owned();
        let commit = self.commit(&tree, &format!("Publish: {summary}"))?;
        let to = format!("{commit}:refs/heads/{}", self.branch);
        self.ask_remote(&["push", "--quiet", "origin", &to], &[]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ended, is_passing};

    #[test]
    fn what_may_pass_is_asked_again_and_a_refusal_is_not() {
        let at = "fatal: unable to access 'https://example.org/site.git/': ";
        for (said, expected) in [
            (format!("{at}Failed to connect to example.org port 443 after 0 ms: Couldn't connect to server"), true),
            (format!("{at}Failed to connect to example.org port 443 after 0 ms: Could not connect to server"), true),
            (format!("{at}Could not resolve host: example.org"), true),
            (format!("{at}The requested URL returned error: 503"), true),
            ("ssh: connect to host example.org port 22: Connection refused".to_owned(), true),
            (format!("{at}The requested URL returned error: 403"), false),
            ("fatal: Authentication failed for 'https://example.org/site.git/'".to_owned(), false),
            ("fatal: repository 'https://example.org/site.git/' not found".to_owned(), false),
            (" ! [rejected] 33fc47a -> gh-pages (fetch first)".to_owned(), false),
        ] {
            assert_eq!(is_passing(&Ended { code: Some(128), out: Vec::new(), said: said.clone() }), expected, "{said}");
        }
    }
}
