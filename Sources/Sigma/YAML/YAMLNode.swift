/// A line and column, counted from 1.
struct Place: Hashable {
  var line: Int
  var column: Int
}

/// A node of a YAML document with its place: what the readers of Sigma documents see instead of the YAML library.
struct YAMLNode {
  enum Content {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    case map([YAMLEntry])
  }

  var content: Content
  var place: Place
}

/// A key and its value. Keys are unique in their map.
struct YAMLEntry {
  var key: String
  var place: Place
  var value: YAMLNode
}

struct YAMLScalar {
  var text: String
  /// Whether the type is decided by the text: neither quoted, nor a block, nor tagged.
  var isPlain: Bool
}

extension YAMLNode {
  var scalar: YAMLScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

  /// Nil for the empty node, `~` and `null` as well as for lists and maps.
  var text: String? {
    guard case .scalar(let scalar) = content, !scalar.isNull else { return nil }
    return scalar.text
  }

  var isNull: Bool { scalar?.isNull ?? false }
}

extension [YAMLEntry] {
  subscript(key: String) -> YAMLNode? { first { $0.key == key }?.value }
}
