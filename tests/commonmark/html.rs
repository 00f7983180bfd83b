//! HTML cut into what counts: tags, and the text between them.

/// Tags beside which white space is nothing.
const BLOCKS: &[&str] = &[
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "section",
    "dl",
    "dt",
    "dd",
    "br",
];

/// A tag as it is written, or a text between two.
enum Piece<'h> {
    Tag(&'h str),
    Text(&'h str),
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), html);
    while let Some(start) = rest.find('<') {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let end = match &rest[start..] {
            comment if comment.starts_with("<!-->") => 5,
            comment if comment.starts_with("<!--") => comment.find("-->").map_or(comment.len(), |end| end + 3),
            tag => tag_end(tag),
        };
        pieces.push(Piece::Tag(&rest[start..start + end]));
        rest = &rest[start + end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where a tag ends: a `>` in quotes is none.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (c, quote) {
            ('>', None) => return at + 1,
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

fn decoded(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}

/// The tag of a heading. Under the page's title no level is skipped, whichever is written.
fn heading(tag: &str) -> Option<String> {
    let is_level = |name: &str| name.strip_prefix('h').is_some_and(|level| level.len() == 1 && level != "r");
    is_level(name(tag)).then(|| if tag.starts_with("</") { "</h>" } else { "<h>" }.to_owned())
}

/// The pieces in one form: without what pages add to every heading, table and block of code.
pub(super) fn tokens(html: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let (mut in_code, mut scrolls) = (false, false);
    for piece in pieces(html) {
        match piece {
            Piece::Tag("<div class=\"scroll\" tabindex=\"0\">") => scrolls = true,
            Piece::Tag("</div>") if scrolls && tokens.last().is_some_and(|last| last == "</table>") => scrolls = false,
            // The colours of code.
            Piece::Tag(tag) if in_code && name(tag) == "span" => {}
            Piece::Tag(tag) => {
                in_code = if name(tag) == "pre" { !tag.starts_with("</") } else { in_code };
                let tag = heading(tag).unwrap_or_else(|| tag.replace(" tabindex=\"0\"", ""));
                let tag = tag.replace(" />", ">").replace("/>", ">");
                tokens.push(decoded(&tag).split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Piece::Text(text) => {
                let text = decoded(text);
                let text = if in_code { text } else { on_one_line(&text) };
                // Colours and marks cut a text into pieces.
                match tokens.last_mut().filter(|last| last.starts_with('\'')) {
                    Some(last) => last.push_str(&text),
                    None => tokens.push(format!("'{text}")),
                }
            }
        }
    }
    beside_blocks(tokens)
}

fn on_one_line(text: &str) -> String {
    let inner = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let start = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let end = if text.ends_with(char::is_whitespace) && !inner.is_empty() { " " } else { "" };
    format!("{start}{inner}{end}")
}

/// Without white space beside the tags of blocks.
fn beside_blocks(tokens: Vec<String>) -> Vec<String> {
    let is_block =
        |token: Option<&String>| token.is_none_or(|token| token.starts_with('<') && BLOCKS.contains(&name(token)));
    let mut in_code = false;
    let trimmed = tokens.iter().enumerate().map(|(at, token)| {
        in_code = if name(token) == "pre" && token.starts_with('<') { !token.starts_with("</") } else { in_code };
        let Some(text) = token.strip_prefix('\'').filter(|_| !in_code) else { return token.clone() };
        let text = if is_block(at.checked_sub(1).map(|before| &tokens[before])) { text.trim_start() } else { text };
        let text = if is_block(tokens.get(at + 1)) { text.trim_end() } else { text };
        format!("'{text}")
    });
    trimmed.filter(|token| token != "'").collect()
}

/// The words of HTML, without tags.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) if BLOCKS.contains(&name(tag)) || heading(tag).is_some() => text.push(' '),
            Piece::Tag(_) => {}
            Piece::Text(piece) => text.push_str(&decoded(piece)),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
