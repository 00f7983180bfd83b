//! `places.geojson`: entities with a location (RFC 7946: longitude first, WGS 84).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Context;
use crate::derive::routes::route;
use crate::resolve::Node;

/// Writes it.
pub(super) fn write(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let dossier = context.dossier;
    let features = dossier.entities.iter().filter_map(|(id, entity)| {
        let location = entity.keys.location?.published();
        let mut properties = json!({
            "id": entity.meta.id,
            "name": entity.keys.name,
            "kind": entity.keys.kind,
            "url": route(dossier, Node::Entity(id)),
        });
        if let Some(precision) = location.precision {
            properties["precision"] = precision.name().into();
        }
        Some(json!({
            "type": "Feature",
            "id": entity.meta.id,
            "geometry": { "type": "Point", "coordinates": [location.lon, location.lat] },
            "properties": properties,
        }))
    });
    let features: Vec<Value> = features.collect();
    super::json(out, &json!({ "type": "FeatureCollection", "features": features }))?;
    out.write_all(b"\n")
}
