//! What templates can ask of the program: words of the interface, and the pieces that stand hundreds of times on a page.
//!
//! ```text
//! {{ "nav.articles" | word }}                   a word of the interface
//! {{ "ui.tags" | colon }}                       one with its colon, as the language writes it; what follows is the value
//! {{ 3 | count(of="count.articles") }}          one with a number
//! {{ "dossier.css" | asset }}                    the route of an asset from the site's root
//! {{ page.event | link }}                       a NodeLink
//! {{ of.publisher | isolated }}                 a text of which nobody said the language, apart from what is beside it
//! <p{{ page.tongue | tongue }}>                 `lang` and `dir` of a Tongue, where it is not the page's
//! ```

use std::cell::RefCell;
use std::sync::Arc;

use tera::value::Key;
use tera::{Error, Filter, Kwargs, State, Tera, TeraResult, Value, escape_html};

use super::Assets;
use crate::base::nearest::nearest;
use crate::derive::note::capitalised;
use crate::locale::{Locale, direction, turns_around};

/// Registers all of them.
pub(super) fn register(tera: &mut Tera, locale: &Arc<Locale>, assets: &Arc<Assets>) {
    let words = locale.clone();
    tera.register_filter("word", move |key: &str, _: Kwargs, _: &State| words.word(key).to_owned());
    let words = locale.clone();
    tera.register_filter("colon", move |key: &str, _: Kwargs, _: &State| colon(&words, key));
    let counts = locale.clone();
    tera.register_filter("count", move |number: usize, of: Kwargs, _: &State| -> TeraResult<String> {
        Ok(counts.count(of.must_get::<&str>("of")?, number))
    });
    let assets = assets.clone();
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State| asset(&assets, name));
    // A mark of its language may stand before a word.
    tera.register_filter("capitalize", |word: &str, _: Kwargs, _: &State| capitalised(word));
    let page = direction(locale.tag());
    tera.register_filter("link", Html::of(move |to, _, html| link(to, page, html)));
    tera.register_filter("tongue", Html::of(|of, _, html| tongue(of, html)));
    tera.register_filter("isolated", Html::of(move |of, with, html| isolated(of, with, page, html)));
}

/// A word with its colon and the space after it.
pub(super) fn colon(locale: &Locale, key: &str) -> String {
    locale.phrase("ui.label", &[("label", locale.word(key)), ("value", "")])
}

fn asset(assets: &Assets, name: &str) -> TeraResult<String> {
    assets.route(name).map(str::to_owned).ok_or_else(|| {
        let near = nearest(name, assets.names()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("there is no asset called `{name}`{near} Your own go into `static/`"))
    })
}

thread_local! {
    /// What a filter writes: a page has hundreds of links, and each is short.
    static HTML: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A filter that writes HTML.
struct Html(Box<WritesHtml>);

type WritesHtml = dyn Fn(&Value, &Kwargs, &mut Vec<u8>) -> TeraResult<()> + Send + Sync;

impl Html {
    fn of(write: impl Fn(&Value, &Kwargs, &mut Vec<u8>) -> TeraResult<()> + Send + Sync + 'static) -> Self {
        Self(Box::new(write))
    }
}

impl Filter<&Value, TeraResult<Value>> for Html {
    fn call(&self, value: &Value, with: Kwargs, _: &State) -> TeraResult<Value> {
        HTML.with_borrow_mut(|html| {
            html.clear();
            (self.0)(value, &with, html)?;
            let html = str::from_utf8(html).map_err(|error| Error::message(error.to_string()))?;
            Ok(Value::safe_string(html))
        })
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A text of which nobody said the language, or a list of such with `sep` between them: each that is written the other way than the
/// page is isolated, so that it does not reorder what stands beside it.
fn isolated(of: &Value, with: &Kwargs, page: &str, html: &mut Vec<u8>) -> TeraResult<()> {
    let separator = with.get::<&str>("sep")?.unwrap_or_default();
    let one = std::slice::from_ref(of);
    for (index, text) in of.as_array().unwrap_or(one).iter().enumerate() {
        let text = text.as_str().ok_or_else(|| Error::message("`isolated` takes a text, or a list of texts"))?;
        if index > 0 {
            escape_html(separator, html)?;
        }
        isolated_text(text, page, html)?;
    }
    Ok(())
}

fn isolated_text(text: &str, page: &str, html: &mut Vec<u8>) -> TeraResult<()> {
    let apart = turns_around(text, page);
    html.extend_from_slice(if apart { b"<bdi>" } else { b"" });
    escape_html(text, html)?;
    html.extend_from_slice(if apart { b"</bdi>" } else { b"" });
    Ok(())
}

fn link(to: &Value, page: &str, html: &mut Vec<u8>) -> TeraResult<()> {
    let (Some(href), Some(title)) = (text(to, "href"), text(to, "title")) else {
        return Err(Error::message("`link` takes what has a `href` and a `title`"));
    };
    html.extend_from_slice(b"<a href=\"");
    escape_html(href, html)?;
    html.push(b'"');
    let own = field(to, "tongue").filter(|own| text(own, "lang").is_some());
    if let Some(own) = own {
        tongue(own, html)?;
    }
    html.push(b'>');
    match own {
        Some(_) => escape_html(title, html)?,
        // An element inside: a link that is a block would stand at the other edge.
        None => isolated_text(title, page, html)?,
    }
    html.extend_from_slice(b"</a>");
    Ok(())
}

/// A text in the page's own language has no Tongue.
fn tongue(of: &Value, html: &mut Vec<u8>) -> TeraResult<()> {
    let (Some(lang), Some(dir)) = (text(of, "lang"), text(of, "dir")) else { return Ok(()) };
    if !lang.is_empty() {
        html.extend_from_slice(b" lang=\"");
        escape_html(lang, html)?;
        html.extend_from_slice(b"\" dir=\"");
        escape_html(dir, html)?;
        html.push(b'"');
    }
    Ok(())
}

fn field<'a>(of: &'a Value, name: &'static str) -> Option<&'a Value> {
    of.as_map()?.get(&Key::Str(name))
}

fn text<'a>(of: &'a Value, name: &'static str) -> Option<&'a str> {
    field(of, name)?.as_str()
}
