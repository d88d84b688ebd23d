extension SigmaModifier {
  /// The value is a network of IPv4 or IPv6, or one address.
  static let cidr = SigmaModifier(
    "cidr",
    value: { value, context throws(ModifierFault) in
      try context.requireFirst()
      guard case .text(let text) = value, let notation = text.literal else { throw ModifierFault(.wrongValueType) }
      guard let network = Network(parsing: notation) else { throw ModifierFault(.invalidNetwork) }
      return .predicate(.network(network))
    })
}
