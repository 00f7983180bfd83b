//! All bodies with what was found in them.

use std::sync::Arc;

use super::locate::Located;
use crate::resolve::Node;
use crate::resolve::numbering::Numbering;

/// Every body with what was found in it, by node.
#[derive(Debug, Default)]
pub struct Bodies {
    numbering: Numbering,
    by_number: Vec<Option<Arc<Located>>>,
    nodes: Vec<Node>,
}

impl Bodies {
    pub(super) fn new(numbering: Numbering, nodes: Vec<Node>, located: Vec<Arc<Located>>) -> Self {
        let mut by_number: Vec<Option<Arc<Located>>> = (0..numbering.count()).map(|_| None).collect();
        for (node, located) in nodes.iter().zip(located) {
            by_number[numbering.number(*node)] = Some(located);
        }
        Self { numbering, by_number, nodes }
    }

    /// The body of a node.
    pub fn get(&self, node: &Node) -> Option<&Located> {
        self.shared(*node).map(|located| &**located)
    }

    /// The same, to keep it.
    pub fn shared(&self, node: Node) -> Option<&Arc<Located>> {
        self.by_number.get(self.numbering.number(node))?.as_ref()
    }

    /// All bodies in order of node.
    pub fn iter(&self) -> impl Iterator<Item = (Node, &Located)> {
        self.nodes.iter().filter_map(|node| Some((*node, self.get(node)?)))
    }

    /// Whether the same nodes have bodies that name the same, be it elsewhere in their text.
    pub(super) fn name_the_same(&self, other: &Self) -> bool {
        let pairs = || self.by_number.iter().zip(&other.by_number);
        self.numbering == other.numbering
            && pairs().all(|pair| match pair {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other) || Arc::ptr_eq(&one.named, &other.named),
                (one, other) => one.is_none() && other.is_none(),
            })
    }
}
