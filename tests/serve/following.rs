//! What a page that is open is told: that it changed, what is wrong, where an edit was.

use std::fs;

use super::preview::{Preview, eventually, write};
use super::{ARTICLE, NOTES, PAGE, tram};

#[test]
fn a_page_is_told_when_its_own_bytes_change_and_not_when_others_do() {
    let root = tram();
    let preview = Preview::start(root.path());
    let (mut here, mut there) = (preview.listen(PAGE), preview.listen("/articles/other.html"));
    let (first, other) = (here.next("page"), there.next("page"));
    let page = preview.get(PAGE).body;
    assert!(page.contains(&format!("data-hash=\"{}\" data-status=\"200\"", first["hash"].as_str().expect("a hash"))));

    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("May", "June"));
    let changed = here.next("page");
    assert_ne!(changed["hash"], first["hash"]);
    assert_eq!(changed["jump"], serde_json::Value::Null, "the edit was in the text");
    write(root.path(), "content/articles/other.md", "---\ntitle: Other\n---\nA third day.\n");
    let changed_other = there.next("page");
    assert_ne!(changed_other["hash"], other["hash"]);
    let newest = preview.get("/articles/other.html").body;
    let hash = changed_other["hash"].as_str().expect("a hash");
    assert!(newest.contains(hash), "the first that the other page heard of was its own edit");

    write(root.path(), "static/numbers.txt", "9876543210");
    assert_eq!(here.next("copies"), serde_json::json!(["numbers.txt"]));
    fs::remove_file(root.path().join("content/articles/tram.md")).expect("a file");
    fs::remove_file(root.path().join("content/annotations/tram.yaml")).expect("a file");
    assert_eq!(here.next("page")["status"], 404);
    write(root.path(), "content/articles/tram.md", ARTICLE);
    assert_eq!(here.next("page")["status"], 200);
}

#[test]
fn the_page_goes_to_the_annotation_that_was_edited() {
    let root = tram();
    let preview = Preview::start(root.path());
    let mut here = preview.listen(PAGE);
    here.next("page");
    let mut jump = |text: &str| {
        write(root.path(), "content/annotations/tram.yaml", text);
        here.next("page")["jump"].as_str().map(str::to_owned)
    };
    assert_eq!(jump(&NOTES.replace("Second.", "Another second.")).as_deref(), Some("note-rainy-evening"));
    let new = format!("{NOTES}- type: note\n  id: vote\n  quote: voted\n  note: New.\n");
    assert_eq!(jump(&new).as_deref(), Some("note-rainy-evening"), "it says its old words again");
    assert_eq!(jump(&new.replace("New.", "Newer.")).as_deref(), Some("vote"));
    assert_eq!(jump(&NOTES.replace("First", "Only first")).as_deref(), Some("note-the-new-tram-line"));
    let second = NOTES.find("- type: note\n  quote: rainy").expect("the second");
    assert_eq!(jump(&NOTES.replace("First", "Only first")[..second + 5]), None, "what is gone cannot be shown");
}

#[test]
fn a_mistake_is_told_and_the_last_good_page_stays() {
    let root = tram();
    let preview = Preview::start(root.path());
    let mut here = preview.listen(PAGE);
    assert_eq!(here.next("problems")["errors"], 0);
    let broken = [
        ("content/annotations/tram.yaml", NOTES.replace("note: Second.", "note: [")),
        ("content/annotations/tram.yaml", NOTES.replace("type: note\n  quote: rainy", "type: nota\n  quote: rainy")),
        ("content/articles/tram.md", ARTICLE.replace("title: Tram\n---", "title: [Tram\n---")),
        ("content/articles/tram.md", "The front matter is gone.".to_owned()),
        ("site.toml", "title = ".to_owned()),
    ];
    for (path, text) in broken {
        let good = fs::read_to_string(root.path().join(path)).expect("a file");
        let page = preview.get(PAGE).body;
        write(root.path(), path, &text);
        let problems = here.problems(|problems| problems["errors"] != 0);
        let first = &problems["list"][0];
        assert_eq!((first["severity"].as_str(), first["file"].as_str()), (Some("error"), Some(path)));
        assert!(first["excerpt"].as_str().is_some_and(|excerpt| excerpt.contains(path)), "{first}");
        let line = &first["line"];
        let address =
            format!("vscode://file{}:{line}:", root.path().canonicalize().expect("a folder").join(path).display());
        assert!(first["address"].as_str().is_some_and(|given| given.starts_with(&address)), "{first}");
        assert_eq!(preview.get(PAGE).body, page, "{path}: {text}");

        // Everything else goes on.
        write(root.path(), "content/articles/other.md", &format!("---\ntitle: Other\n---\n{path} {}.\n", text.len()));
        preview.sees("/articles/other.html", &format!("{path} {}", text.len()));
        assert_eq!(preview.get(PAGE).body, page, "{path}: {text}");

        write(root.path(), path, &good);
        here.problems(|problems| problems["errors"] == 0);
        assert_eq!(preview.get(PAGE).body, page);
    }
}

#[test]
fn what_is_wrong_between_files_costs_what_it_is_about() {
    let root = tram();
    let preview = Preview::start(root.path());
    let mut here = preview.listen(PAGE);
    // The text goes on while its quotes do not fit any more.
    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("rainy evening", "dry day"));
    let problems = here.problems(|problems| problems["errors"] == 1);
    assert_eq!(problems["list"][0]["code"], "quote-not-found");
    preview.sees(PAGE, "dry day");
    assert!(preview.get(PAGE).body.contains("First."));
    write(root.path(), "content/articles/tram.md", ARTICLE);
    here.problems(|problems| problems["errors"] == 0);
    preview.sees(PAGE, "Second.");
}

#[test]
fn a_passage_that_has_changed_since_is_shown_with_both_wordings() {
    let root = tram();
    let preview = Preview::start(root.path());
    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("rainy evening", "rainny evening"));
    preview.sees(PAGE, "class=\"drifted\"");
    let page = preview.get(PAGE).body;
    for words in [">rainny evening</mark>", "<dd>rainy evening</dd>", "<dd>rainny evening</dd>", "Second."] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let problems = preview.listen(PAGE).problems(|problems| problems["errors"] == 1);
    assert_eq!(problems["list"][0]["code"], "quote-drifted");
}

#[test]
fn a_dossier_that_is_wrong_from_the_start_is_shown_as_far_as_it_goes() {
    let root = tram();
    write(
        root.path(),
        "content/annotations/tram.yaml",
        &NOTES.replace("type: note\n  quote: rainy", "type: nota\n  quote: rainy"),
    );
    let preview = Preview::start(root.path());
    assert!(preview.process.err().contains("`nota` is no type of annotation"), "{}", preview.process.err());
    assert!(preview.get(PAGE).body.contains("First."));
    write(
        root.path(),
        "content/annotations/tram.yaml",
        &NOTES.replace("type: note\n  quote: rainy", "type: nota\n  quote: rainy").replace("First", "Still first"),
    );
    preview.sees(PAGE, "Still first.");
}

#[test]
fn a_template_that_fails_leaves_the_page_as_it_was() {
    let root = tram();
    let template = "{% extends \"base.html\" %}{% block main %}<p>own {{ page.title }}</p>{% endblock main %}";
    write(root.path(), "templates/article.html", template);
    let preview = Preview::start(root.path());
    let mut here = preview.listen(PAGE);
    let page = preview.get(PAGE).body;
    assert!(page.contains("own Tram"));
    for broken in ["{% block", "{{ page.nothing.at_all }}", "{% extends \"nowhere.html\" %}"] {
        write(root.path(), "templates/article.html", broken);
        let problems = here.problems(|problems| problems["errors"] != 0);
        assert_eq!(problems["list"][0]["code"], "template-error", "{broken}");
        assert_eq!(preview.get(PAGE).body, page, "{broken}");
        write(root.path(), "templates/article.html", template);
        here.problems(|problems| problems["errors"] == 0);
    }
    // On a page that nobody has seen yet there is nothing to go back to.
    let other = Preview::start(root.path());
    write(root.path(), "templates/article.html", "{{ page.nothing.at_all }}");
    eventually("the template was read", || other.process.err().contains("templates/article.html"));
    assert_eq!(other.get(PAGE).status, 500);
    assert!(other.get(PAGE).body.contains("templates/article.html:1:"));
    assert_eq!(other.get("/").status, 200);
    let problems = other.listen(PAGE).problems(|problems| problems["errors"] != 0);
    assert_eq!(problems["list"][0]["code"], "template-error");
}

#[test]
fn what_editors_write_is_text_in_the_list_of_problems() {
    let root = tram();
    write(
        root.path(),
        "content/annotations/tram.yaml",
        "- type: note\n  quote: </script><img src=x onerror=alert(1)>\n  note: x\n",
    );
    let preview = Preview::start(root.path());
    let problems = preview.listen(PAGE).problems(|problems| problems["errors"] != 0);
    assert!(problems["list"][0]["excerpt"].as_str().is_some_and(|excerpt| excerpt.contains("<img src=x")));
    assert!(!preview.get(PAGE).body.contains("<img src=x"));
}

#[test]
fn drafts_are_shown_and_marked() {
    let root = tram();
    let drafts = [
        ("articles/later", "md", "---\ntitle: Later\ndraft: true\n---\nNot yet.\n"),
        ("entities/ghost", "md", "---\nname: Ghost\nkind: person\ndraft: true\n---\nUnseen.\n"),
        ("events/opening", "md", "---\ntitle: Opening\ndate: 2030-01-01\ndraft: true\n---\nOne day.\n"),
        ("figures/crowd", "yaml", "title: Crowd\nunit: people\ndraft: true\n"),
        ("sources/paper", "yaml", "title: Paper\nkind: news\ndraft: true\n"),
        ("pages/plans", "md", "---\ntitle: Plans\ndraft: true\n---\nSecret.\n"),
    ];
    for (name, ending, text) in drafts {
        write(root.path(), &format!("content/{name}.{ending}"), text);
    }
    let preview = Preview::start(root.path());
    for (name, ..) in drafts {
        let page = preview.get(&format!("/{}.html", name.trim_start_matches("pages/")));
        assert!(page.status == 200 && page.body.to_lowercase().contains("draft"), "{name}: {}", page.body);
    }
}

/// What opens the editor: by an address, and never for another site.
#[test]
fn a_line_is_opened_for_our_own_pages_alone() {
    let root = tram();
    let preview = Preview::start(root.path());
    let real = root.path().canonicalize().expect("a folder");
    let own = format!("Dossier-Token: {}\r\n", preview.token());
    let annotation = format!("/.dossier/open?page={PAGE}&annotation=note-rainy-evening");
    let address = |path: &str| {
        let answer = preview.ask("GET", path, &own);
        assert_eq!(answer.status, 200, "{path}");
        let opened: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        opened["address"].as_str().expect("an address").to_owned()
    };
    assert_eq!(
        address(&annotation),
        format!("vscode://file{}:4:3", real.join("content/annotations/tram.yaml").display())
    );
    assert_eq!(
        address("/.dossier/open?file=site.toml&line=2&column=5"),
        format!("vscode://file{}:2:5", real.join("site.toml").display())
    );
    let host = &preview.host;
    for (path, headers, status) in [
        (annotation.as_str(), String::new(), 403),
        (&annotation, "Dossier-Preview: open\r\n".to_owned(), 403),
        (&annotation, format!("Dossier-Token: {}\r\n", "0".repeat(32)), 403),
        ("/.dossier/events?page=/", String::new(), 403),
        ("/.dossier/events?page=/&token=", String::new(), 403),
        (&annotation, format!("{own}Sec-Fetch-Site: cross-site\r\n"), 403),
        (&annotation, format!("{own}Sec-Fetch-Site: same-site\r\n"), 403),
        (&annotation, format!("{own}Origin: http://evil.example\r\n"), 403),
        (&annotation, format!("{own}Origin: null\r\n"), 403),
        (&annotation, format!("{own}Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n"), 200),
        ("/.dossier/events?page=/", "Sec-Fetch-Site: cross-site\r\n".to_owned(), 403),
        ("/.dossier/open?file=/etc/passwd&line=1", own.clone(), 404),
        ("/.dossier/open?file=../x&line=1", own.clone(), 404),
        ("/.dossier/open?page=/&annotation=x", own.clone(), 404),
        ("/.dossier/open", own.clone(), 404),
        ("/.dossier/open?line=x", own.clone(), 400),
    ] {
        assert_eq!(preview.ask("GET", path, &headers).status, status, "{path} {headers}");
    }
}

#[cfg(unix)]
#[test]
fn a_command_opens_a_line_without_a_shell() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = tram();
    let (script, opened) = (root.path().join("my editor"), root.path().join("opened"));
    write(
        root.path(),
        "my editor",
        &format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}.part'\nmv '{0}.part' '{0}'\n", opened.display()),
    );
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("a file");
    let preview =
        Preview::with(root.path(), &["--editor", &format!("'{}' +{{line}} '$(touch x); {{path}}'", script.display())]);
    let answer =
        preview.ask("GET", "/.dossier/open?file=site.toml&line=2", &format!("Dossier-Token: {}\r\n", preview.token()));
    assert_eq!((answer.status, answer.body.as_str()), (200, "{\"address\":null}"));
    eventually("the editor is started", || opened.exists());
    let path = root.path().canonicalize().expect("a folder").join("site.toml");
    assert_eq!(fs::read_to_string(&opened).expect("a file"), format!("+2\n$(touch x); {}\n", path.display()));
    assert!(preview.listen("/").next("problems")["list"].as_array().is_some_and(Vec::is_empty));
}
