"""A list of words as the smallest automaton that has them and no other."""

import struct


class Builder:
    """Words in order become a minimal automaton, as Daciuk, Mihov, Watson and Watson describe it (2000)."""

    def __init__(self):
        self.known, self.unchecked, self.last, self.root = {}, [], "", [False, {}]

    def add(self, word):
        shared = 0
        while shared < min(len(word), len(self.last)) and word[shared] == self.last[shared]:
            shared += 1
        self._minimise(shared)
        node = self.unchecked[-1][2] if self.unchecked else self.root
        for letter in word[shared:]:
            child = [False, {}]
            node[1][letter] = child
            self.unchecked.append((node, letter, child))
            node = child
        node[0], self.last = True, word

    def _minimise(self, down_to):
        while len(self.unchecked) > down_to:
            parent, letter, child = self.unchecked.pop()
            key = (child[0], *((letter, id(node)) for letter, node in child[1].items()))
            parent[1][letter] = self.known.setdefault(key, child)

    def finish(self):
        self._minimise(0)
        return self.root


def packed(words):
    """The file: a line with the alphabet, four bytes that say where the root is, and the nodes, each after those that it leads to.

    A node is its edges side by side. An edge is a byte with the letter's place in the alphabet (6 bits), whether a word ends after
    it, and whether it is its node's last; then how many bytes before this edge its target begins, seven bits a byte and the lowest
    first, 0 for none.
    """
    builder = Builder()
    for word in words:
        builder.add(word)
    alphabet = sorted(set("".join(words)))
    assert len(alphabet) <= 64
    letters = {letter: place for place, letter in enumerate(alphabet)}
    places, nodes = {}, bytearray()

    def write(node):
        edges = sorted(node[1].items())
        for _, child in edges:
            if child[1] and id(child) not in places:
                write(child)
        places[id(node)] = len(nodes)
        for number, (letter, child) in enumerate(edges, 1):
            distance = len(nodes) - places[id(child)] if child[1] else 0
            nodes.append(letters[letter] | child[0] << 6 | (number == len(edges)) << 7)
            while distance >= 0x80:
                nodes.append(distance & 0x7F | 0x80)
                distance >>= 7
            nodes.append(distance)

    root = builder.finish()
    write(root)
    return "".join(alphabet).encode() + b"\n" + struct.pack("<I", places[id(root)]) + bytes(nodes)
