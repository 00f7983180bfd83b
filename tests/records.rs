//! The pages of records, from a dossier small enough to be read: who says what, in what order, and how it is drawn.

use std::sync::Arc;

use dossier::base::input::Inputs;

const DOSSIER: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"en\"
=== content/articles/a.md
---
title: Alpha
published: 2025-02-01
---
The fire killed forty. The fire was loud. Bo saw it.
=== content/articles/b.md
---
title: Beta
published: 2025-01-01
source: s
---
It killed at least ten, Bo said.
=== content/annotations/a.yaml
- { type: fact_check, id: forty, quote: killed forty, verdict: inaccurate, checked: 2025-03-02, about: [fire],
    evidence: [{ article: b, stance: contradicts }],
    history: [{ date: 2025-03-01, verdict: disputed, note: Early. }, { date: 2025-03-01, verdict: disputed }] }
- { type: figure, quote: forty, figure: dead, best: 40 }
=== content/annotations/b.yaml
- { type: figure, quote: at least ten, figure: dead, low: 10, by: bo }
- { type: cross_reference, quote: It killed, to: check:forty, relation: contradicts }
=== content/figures/dead.yaml
title: Dead
event: fire
assessment: { low: 10, high: 20 }
estimates: [{ source: s, none: true }]
=== content/entities/bo.md
---
name: Bo
kind: person
names: { ar: بو }
relations: [{ to: al, type: succeeds, from: 2024, source: s }]
---
=== content/entities/al.md
---
name: Al
kind: person
---
=== content/events/fire.md
---
title: Fire
date: 2024-12-30~
aliases: [the fire]
participants: [{ entity: bo, role: witness }]
sources: [s]
---
=== content/events/before.md
---
title: Before
date: 2023-12
---
=== content/events/choice.md
---
title: Choice
date: [2025-01-02,2025-01-03]
---
=== content/sources/s.yaml
title: Sea
origin: o
=== content/sources/o.yaml
title: Ocean
";

/// Articles that speak of records without a name of theirs, each in another way.
const SPOKEN_OF: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"fr\"
=== content/articles/by-reference.md
---
title: Alpha
---
Avant tout. Quand la digue a cédé, il faisait nuit.
=== content/annotations/by-reference.yaml
- { type: cross_reference, id: night, quote: la digue a cédé, to: [event:breach, entity:ministry, figure:dead, source:s, check:wet] }
=== content/articles/by-figure.md
---
title: Beta
---
Cinquante-neuf personnes sont mortes. L’eau était froide.
=== content/annotations/by-figure.yaml
- { type: figure, id: toll, quote: Cinquante-neuf personnes, figure: dead, best: 59, by: ministry }
- { type: fact_check, id: wet, quote: L’eau était froide, verdict: accurate, checked: 2024-01-01, about: [breach], rationale: Voir. }
=== content/articles/by-link.md
---
title: Gamma
---
Ce fut [une longue nuit](../events/breach.md), disent [les chiffres](../figures/dead.yaml) et [un rapport](../sources/s.yaml).
=== content/articles/by-note.md
---
title: Delta
---
Il pleuvait.
=== content/annotations/by-note.yaml
- { type: note, id: rain, quote: Il pleuvait, note: \"Voir [[event:breach]].\" }
=== content/articles/cited.md
---
title: Epsilon
---
Rien.
=== content/figures/dead.yaml
title: Morts
event: breach
estimates: [{ source: article:cited, best: 60 }]
=== content/events/breach.md
---
title: Rupture de la digue
date: 2023-06-06
---
=== content/events/unheard.md
---
title: Autre
date: 2023-06-07
---
=== content/entities/ministry.md
---
name: Le ministère
kind: organisation
---
=== content/sources/s.yaml
title: Rapport
";

/// The page of a dossier at a route.
fn page_of(dossier: &str, route: &str) -> String {
    let (site, _) = dossier::build(&Arc::new(Inputs::from_fixture(dossier)));
    let mut page = Vec::new();
    site.render_to(route, &mut page).expect("the page can be rendered");
    String::from_utf8(page).expect("text")
}

#[test]
fn whoever_speaks_of_a_record_is_on_its_page_with_the_passage() {
    let event = "events/breach.html";
    for (route, way) in [
        (event, "../articles/by-reference.html#night"),
        ("entities/ministry.html", "../articles/by-reference.html#night"),
        ("figures/dead.html", "../articles/by-reference.html#night"),
        ("sources/s.html", "../articles/by-reference.html#night"),
        ("checks/wet.html", "../articles/by-reference.html#night"),
        (event, "../articles/by-figure.html#toll"),
        (event, "../articles/by-figure.html#wet"),
        ("figures/dead.html", "../articles/by-figure.html#toll"),
        (event, "../articles/by-link.html#m_0"),
        ("figures/dead.html", "../articles/by-link.html#m_1"),
        ("sources/s.html", "../articles/by-link.html#m_2"),
        (event, "../articles/by-note.html#note_rain"),
        ("matrix.html", "articles/by-reference.html#night"),
        ("matrix.html", "articles/by-link.html#m_0"),
        ("matrix.html", "articles/by-figure.html#toll"),
    ] {
        let page = page_of(SPOKEN_OF, route);
        assert!(page.contains(&format!("href=\"{way}\"")), "{route}: no {way} in\n{page}");
        let (article, id) = way.trim_start_matches("../").split_once('#').expect("a place");
        assert!(page_of(SPOKEN_OF, article).contains(&format!(" id=\"{id}\"")), "{article} has no {id}");
    }
}

#[test]
fn only_of_those_who_are_silent_is_it_said() {
    let accounts = page_of(SPOKEN_OF, "events/breach.html");
    // An article that a figure cites says nothing of the event itself.
    assert_eq!(accounts.matches("n’en emploie pas le nom").count(), 1, "{accounts}");
    assert!(accounts.contains("<mark>la digue a cédé</mark></a>, il faisait nuit."), "{accounts}");
    assert!(page_of(SPOKEN_OF, "matrix.html").contains("<td class=\"silent\">"), "nobody speaks of all");
    for (route, silent) in
        [("events/breach.html", false), ("entities/ministry.html", false), ("events/unheard.html", true)]
    {
        assert_eq!(page_of(SPOKEN_OF, route).contains("Aucun texte n’en parle encore."), silent, "{route}");
    }
    assert!(!page_of(SPOKEN_OF, "sources/s.html").contains("Rien ne la cite"), "it is referred to");
}

/// A house in a town in a country, and what happened in each.
const PLACES: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"en\"
=== content/entities/country.md
---
name: Country
kind: place
---
=== content/entities/town.md
---
name: Town
kind: place
part_of: country
---
=== content/entities/house.md
---
name: House
kind: place
part_of: town
---
=== content/events/vote.md
---
title: Vote
date: 2024-01-01
place: country
---
=== content/events/fire.md
---
title: Fire
date: 2024-01-02
place: house
---
=== content/events/visit.md
---
title: Visit
date: 2024-01-03
place: house
participants: [{ entity: town, role: host }]
---
";

#[test]
fn what_happened_at_a_part_of_a_place_happened_there() {
    for (route, titles) in [
        ("entities/country.html", &["Vote", "Fire", "Visit"][..]),
        ("entities/town.html", &["Fire", "Visit"]),
        ("entities/house.html", &["Fire", "Visit"]),
    ] {
        let page = page_of(PLACES, route);
        let events = page.split("<ol class=\"timeline\">").nth(1).expect("events").split("</ol>").next().unwrap_or("");
        let shown: Vec<&str> = events.split("<p class=\"what\">").skip(1).collect();
        assert_eq!(shown.len(), titles.len(), "{route}: {events}");
        for (title, entry) in titles.iter().zip(shown) {
            assert!(entry.contains(&format!(">{title}</a>")), "{route}: {title} in {entry}");
            // The place is named where it is another than the page's.
            assert_eq!(entry.contains(">House</a>"), *title != "Vote" && !route.contains("house"), "{route}: {entry}");
        }
    }
    assert!(page_of(PLACES, "entities/town.html").contains(">host</p>"), "a participant rather than a place");
}

/// Names in another direction than the page's: with a language, and without one.
const NAMES: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"en\"
=== content/articles/a.md
---
title: Inquiry
source: { title: بيان الوزارة, language: ar, publisher: وكالة الأنباء, author: [سمير], published: 2024-05-05 }
---
Text.
=== content/annotations/a.yaml
- { type: fact_check, id: c, quote: Text, verdict: accurate, checked: 2024-06-01, evidence: [{ source: a }], about: [ministry] }
=== content/entities/ministry.md
---
name: وزارة
kind: organisation
aliases: [Ministry, الوزارة]
---
";

#[test]
fn a_name_in_another_direction_does_not_reorder_its_neighbours() {
    for (route, piece) in [
        ("checks/c.html", "<b><bdi>وكالة الأنباء</bdi></b>"),
        ("checks/c.html", "<a href=\"../sources/a.html\" lang=\"ar\" dir=\"rtl\">بيان الوزارة</a>"),
        ("checks/c.html", "<a href=\"../entities/ministry.html\"><bdi>وزارة</bdi></a>"),
        ("articles/a.html", "<span><bdi>سمير</bdi></span>"),
        ("sources/a.html", "<h1 lang=\"ar\" dir=\"rtl\">"),
        ("entities/ministry.html", "<dd>Ministry, <bdi>الوزارة</bdi></dd>"),
    ] {
        let page = page_of(NAMES, route);
        assert!(page.contains(piece), "{route}: no {piece} in\n{page}");
    }
    // Turned around: Latin names in an Arabic page; and Latin names in a Latin one need nothing.
    let arabic = NAMES.replace("language = \"en\"", "language = \"ar\"");
    assert!(page_of(&arabic, "entities/ministry.html").contains("<dd><bdi>Ministry</bdi>, الوزارة</dd>"));
    assert!(!page_of(DOSSIER, "checks/forty.html").contains("<bdi>"));
}

#[test]
fn english_words_in_another_language_say_so_and_leave_no_mark() {
    for language in ["ar", "es", "zh-Hant"] {
        let dossier = DOSSIER.replace("language = \"en\"", &format!("language = \"{language}\""));
        let (site, diags) = dossier::build(&Arc::new(Inputs::from_fixture(&dossier)));
        assert_eq!(diags.iter().filter(|found| found.code.name() == "interface-language").count(), 1);
        for route in site.routes.pages.keys() {
            let mut bytes = Vec::new();
            site.render_to(route, &mut bytes).expect("it can be rendered");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(|c| ('\u{fdd0}'..='\u{fdef}').contains(&c)), "{language}: a mark in {route}");
        }
        let page = page_of(&dossier, "events/fire.html");
        for word in [
            "<bdi lang=\"en\" dir=\"ltr\">Who says what</bdi>",
            "<nav aria-labelledby=\"label_1\"><bdi id=\"label_1\" hidden lang=\"en\" dir=\"ltr\">Main</bdi>",
            "aria-label=\"Search the dossier\" aria-keyshortcuts=\"/\" placeholder=\"Search\" enterkeyhint=\"search\" lang=\"en\" dir=\"ltr\">",
            "<bdi lang=\"en\" dir=\"ltr\">around <bdi lang=\"",
        ] {
            assert!(page.contains(word), "{language}: no {word} in\n{page}");
        }
        let cards = page_of(&dossier, "cards/0.js");
        assert!(cards.contains("<bdi lang=\\\"en\\\" dir=\\\"ltr\\\">Event</bdi>"), "{cards}");
    }
    assert!(!page_of(DOSSIER, "events/fire.html").contains("<bdi"));
}

fn page(route: &str) -> String {
    let (site, _) = dossier::build(&Arc::new(Inputs::from_fixture(DOSSIER)));
    let mut page = Vec::new();
    site.render_to(route, &mut page).expect("the page can be rendered");
    String::from_utf8(page).expect("text")
}

/// The pieces stand on the page, in this order.
#[track_caller]
fn check(route: &str, expected: &[&str]) {
    let page = page(route);
    let mut rest = page.as_str();
    for piece in expected {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{route}: no {piece:?} in\n{rest}"));
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn the_matrix_has_the_articles_by_date_and_says_each_thing_once() {
    check(
        "matrix.html",
        &[
            "<th scope=\"col\"><a href=\"articles/b.html\">Beta</a>",
            "<th scope=\"col\"><a href=\"articles/a.html\">Alpha</a>",
            // Beta contradicts by a reference and by evidence; that is one word. Alpha has the verdict on its claim.
            ">contradicts</a></td><td data-article=\"Alpha\"><a href=\"articles/a.html#forty\"><span class=\"label negative\">",
            "at least 10</a></td>",
            ">40</a></td>",
            // A figure of the event is read in Beta, which does not name it.
            "<a href=\"articles/b.html#figure-at-least-ten\">mentions it</a></td><td data-article=\"Alpha\"><a href=\"articles/a.html#m_0\">mentions it 2 times</a>",
        ],
    );
}

#[test]
fn the_timeline_is_in_order_and_draws_how_sure_a_date_is() {
    check(
        "timeline.html",
        &[
            "<h2 id=\"y2023\">",
            "<li class=\"within\"><span class=\"date\"><time datetime=\"2023-12\">",
            "<h2 id=\"y2024\">",
            "stroke-dasharray",
            ">Fire</a>",
            "<h2 id=\"y2025\">",
            "<li class=\"one_of\">",
        ],
    );
}

/// The dates of events with what their pages say of them, in English and French; `~` is a no-break space.
const DATES: &[(&str, &str, &str)] = &[
    ("2004-06-01/..", "since 1~June 2004 (continuing)", "depuis le 1er~juin 2004 (se poursuit)"),
    ("../2006", "until 2006", "jusqu’en 2006"),
    ("/2006", "from an unknown date to 2006", "d’une date inconnue à 2006"),
    ("2004-06-01/", "from 1~June 2004 to an unknown date", "du 1er~juin 2004 à une date inconnue"),
    ("1964/2008", "1964–2008", "de 1964 à 2008"),
    ("2016?", "2016 (date uncertain)", "2016 (date incertaine)"),
    ("2016-05", "May 2016", "mai 2016"),
    ("2016-05~", "around May 2016", "vers mai 2016"),
    ("2016-05-XX", "May 2016 (day unknown)", "mai 2016 (jour inconnu)"),
    ("[2023,2024]", "2023 or 2024", "2023 ou 2024"),
    ("-0043-03-15", "15~March 44~BC", "15~mars 44~av.~J.-C."),
    ("Y-17000", "17,001~BC", "17\u{202f}001~av.~J.-C."),
];

#[test]
fn the_page_of_an_event_says_of_its_date_what_was_written_and_no_more() {
    for (language, place) in [("en", 0), ("fr", 1)] {
        let mut dossier = format!(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://e.org/\"\nlanguage = \"{language}\"\n=== content/index.md\n---\ntitle: T\n---\n"
        );
        for (n, (date, ..)) in DATES.iter().enumerate() {
            dossier += &format!("=== content/events/e{n}.md\n---\ntitle: E{n}\ndate: \"{date}\"\n---\n");
        }
        let (site, _) = dossier::build(&Arc::new(Inputs::from_fixture(&dossier)));
        for (n, (date, english, french)) in DATES.iter().enumerate() {
            let mut page = Vec::new();
            site.render_to(&format!("events/e{n}.html"), &mut page).expect("the page can be rendered");
            let page = String::from_utf8(page).expect("text");
            let (_, shown) = page.split_once("</dt><dd>").expect("the date is shown");
            let (shown, _) = shown.split_once("</dd>").expect("the date is shown");
            let text: String =
                shown.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
            assert_eq!(text.trim(), [english, french][place].replace('~', "\u{a0}"), "{date}");
        }
    }
}

#[test]
fn a_record_without_a_summary_is_described_by_what_it_is() {
    for (route, beginning) in [
        // A verdict without a reason stands alone, without the colon before one.
        ("checks/forty.html", "Inaccurate\">"),
        ("articles/a.html", "Article · "),
        ("entities/al.html", "Person · "),
        ("events/before.html", "Event · "),
        ("sources/o.html", "Source"),
    ] {
        let expected = format!("<meta name=\"description\" content=\"{beginning}");
        assert!(page(route).contains(&expected), "{route}: no {expected}");
    }
}

#[test]
fn a_figure_is_a_table_in_order_of_value_on_one_scale() {
    check(
        "figures/dead.html",
        &[
            "3\u{a0}reports, 2\u{a0}origins",
            "<a href=\"../entities/bo.html\">Bo</a>",
            "<rect class=\"band\" x=\"25.0%\" y=\"0\" width=\"25.0%\"",
            "<line class=\"open\" x1=\"25.0%\" x2=\"100.0%\"",
            "at least 10",
            "<circle class=\"full\" cx=\"100.0%\"",
            "no figure given",
        ],
    );
}

#[test]
fn records_know_what_leads_to_them() {
    check("entities/al.html", &["succeeded by", ">Bo</a>, from 2024", "Not mentioned in any text yet."]);
    check(
        "entities/bo.html",
        &["<span lang=\"ar\" dir=\"rtl\">بو</span>", "witness", "at least 10", "<mark>Bo</mark>"],
    );
    check(
        "events/fire.html",
        &["Alpha</a>", "<mark>The fire</mark>", "40", "Inaccurate", "rel=\"prev\"", "rel=\"next\""],
    );
    check("sources/s.html", &["Rests on", ">Ocean</a>", ">Beta</a>", "no figure given", ">Fire</a>", ">Bo</a>"]);
    check("sources/o.html", &[">Sea</a>"]);
}

#[test]
fn a_verdict_given_again_is_no_correction() {
    let corrections = page("corrections.html");
    assert_eq!(corrections.matches("<span class=\"before\">").count(), 1, "{corrections}");
}

#[test]
fn the_whole_dossier_has_no_anchor_twice() {
    let print = page("print.html");
    let mut anchors: Vec<&str> = print.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = anchors.len();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), all);
    assert!(anchors.contains(&"note_a_forty") && anchors.contains(&"a_forty"), "{anchors:?}");
}
