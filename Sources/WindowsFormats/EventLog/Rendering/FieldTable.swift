/// Numbers for field names, so that templates and rules speak of the same field without comparing text per event.
///
/// The first numbers are `SystemField`s; others are given in the order in which names are first met.
public struct FieldTable: Sendable {
  /// A field's number.
  public typealias ID = UInt32

  private var ids: [String: ID] = [:]
  private var names: [String] = []

  /// Text of a section that has no field: `#text`.
  let looseText: ID

  public init() {
    looseText = ID(SystemField.allCases.count)
    for field in SystemField.allCases {
      ids[field.name] = field.rawValue
      names.append(field.name)
    }
    ids["#text"] = looseText
    names.append("#text")
  }

  /// The number of a field; a new one when the name has none.
  public mutating func id(of name: String) -> ID {
    if let id = ids[name] { return id }
    let id = ID(names.count)
    ids[name] = id
    names.append(name)
    return id
  }

  /// The number of a field that has one.
  public func existingID(of name: String) -> ID? { ids[name] }

  public func name(of id: ID) -> String { id < names.count ? names[Int(id)] : "" }

  public var count: Int { names.count }
}
