/// A template definition of an EVTX file as a tree: what all records of one shape share ([MS-EVEN6] 2.2.12).
///
/// Made once per shape and reused; a chunk holds the definition once, inside the first record that needs it.
package struct BinXMLTemplate: Hashable, Sendable {
  /// Depth of elements that the writer accepts, so that its recursion is bounded.
  package static let maximumDepth = 64

  package let root: BinXMLElement
  package let guid: EventLogWriter.GUID

  /// The GUID is a digest of the content, so the same template has the same GUID in every log.
  package init(_ root: BinXMLElement) throws(EventLogWriter.WriteError) {
    var digest = TemplateDigest()
    try digest.add(root, depth: 1)
    self.root = root
    guid = digest.guid
  }

  /// With a given GUID, for logs that must collide.
  package init(_ root: BinXMLElement, guid: EventLogWriter.GUID) throws(EventLogWriter.WriteError) {
    var digest = TemplateDigest()
    try digest.add(root, depth: 1)
    self.root = root
    self.guid = guid
  }

  package static func == (left: Self, right: Self) -> Bool { left.guid == right.guid }
  package func hash(into hasher: inout Hasher) { hasher.combine(guid) }
}

/// An element with its attributes and content.
package struct BinXMLElement: Hashable, Sendable {
  package var name: String
  /// The substitution whose absence removes the element; 0xFFFF is none.
  package var dependency: UInt16
  package var attributes: [BinXMLAttribute]
  package var content: [BinXMLContent]
  /// Whether the element closes in its start tag, `<Name/>`, which leaves no room for content.
  package var isEmpty: Bool

  package static let noDependency: UInt16 = 0xFFFF

  package init(
    _ name: String, dependency: UInt16 = noDependency, attributes: [BinXMLAttribute] = [],
    _ content: [BinXMLContent] = [], isEmpty: Bool = false
  ) {
    self.name = name
    self.dependency = dependency
    self.attributes = attributes
    self.content = content
    self.isEmpty = isEmpty
  }
}

/// An attribute; its content is texts, references and substitutions.
package struct BinXMLAttribute: Hashable, Sendable {
  package var name: String
  package var content: [BinXMLContent]

  package init(_ name: String, _ content: BinXMLContent...) {
    self.name = name
    self.content = content
  }
}

/// What can stand in an element.
package indirect enum BinXMLContent: Hashable, Sendable {
  case element(BinXMLElement)
  case text(String)
  case cdata(String)
  /// `&#n;`
  case characterReference(UInt16)
  /// `&name;`
  case entityReference(String)
  case processingInstruction(target: String, data: String)
  /// The place of a value. `type` is the declared one, with 0x80 for arrays; an optional one vanishes when null.
  case substitution(UInt16, type: UInt8, isOptional: Bool)
  /// A template instance in the place of content, as nested BinXML has it.
  case instance(BinXMLInstance)

  /// Whether more character data after this token is flagged in it (0x40).
  var isCharacterData: Bool {
    switch self {
    case .text, .cdata, .characterReference, .entityReference: true
    default: false
    }
  }
}

/// A template with the values of one record.
package struct BinXMLInstance: Hashable, Sendable {
  package var template: BinXMLTemplate
  package var values: [BinXMLValue]

  package init(_ template: BinXMLTemplate, _ values: [BinXMLValue]) {
    self.template = template
    self.values = values
  }

  /// Bytes of all values: a lower bound of the record's size that needs no writing.
  var byteCount: Int {
    values.reduce(0) { sum, value in
      switch value.content {
      case .bytes(let bytes): sum + bytes.count
      case .fragment(let fragment, _): sum + fragment.byteCount
      }
    }
  }
}

/// A value with its descriptor's type.
package struct BinXMLValue: Hashable, Sendable {
  package var type: UInt8
  package var content: Content

  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    /// Nested BinXML, with or without a fragment header before it.
    indirect case fragment(BinXMLFragment, hasHeader: Bool)
  }

  /// The type of nested BinXML.
  static let binXMLType: UInt8 = 0x21

  package init(type: UInt8, bytes: [UInt8] = []) {
    self.type = type
    content = .bytes(bytes)
  }

  package init(_ fragment: BinXMLFragment, hasHeader: Bool) {
    type = BinXMLValue.binXMLType
    content = .fragment(fragment, hasHeader: hasHeader)
  }
}

/// What a record or a nested value holds: nearly always a template instance.
package enum BinXMLFragment: Hashable, Sendable {
  case instance(BinXMLInstance)
  /// An element without a template; its elements have no dependency identifiers.
  case element(BinXMLElement)

  var byteCount: Int {
    switch self {
    case .instance(let instance): instance.byteCount
    case .element: 0
    }
  }
}
