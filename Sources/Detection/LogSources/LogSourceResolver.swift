public import Sigma

/// Finds the events of Windows logs that a rule is about, and puts the rule in their field names (Sigma 2.1, appendix
/// "Taxonomy").
///
/// Many events are written twice, by Sysmon and by Windows' own auditing. A rule for one of Sysmon's is also put to
/// its *twin* where it can fire there: `TwinRewriting` says when.
public struct LogSourceResolver: Sendable {
  public init() {}

  public func resolve(_ rule: SigmaRule) -> LogSourceResolution {
    let source = rule.logSource
    if let product = source.product, product != "windows" { return .unresolved(.otherProduct(product)) }
    switch (source.category, source.service) {
    case (nil, nil):
      guard source.product != nil else { return .unresolved(.empty) }
      return resolution(of: rule, label: "windows", routes: [EventRoute(EventRoute.anyChannel)])
    case (nil, let service?):
      guard let routes = routes(of: service, for: rule) else { return .unresolved(.unknownService(service)) }
      return resolution(of: rule, label: service, routes: routes)
    case (let category?, let service):
      return resolve(rule, category: category, service: service)
    }
  }

  private func routes(of service: String, for rule: SigmaRule) -> [EventRoute]? {
    if service == "security", !rule.expression.fieldNames.isDisjoint(with: ["Provider", "Provider_Name"]) {
      return SecurityService.anyProvider
    }
    return WindowsServices.routes(of: service)
  }

  private func resolution(of rule: SigmaRule, label: String, routes: [EventRoute]) -> LogSourceResolution {
    let routes = LogSourceResolver.narrowed(routes, to: rule.expression.requiredEventIDs)
    guard !routes.isEmpty else { return .unresolved(.cannotFire) }
    return .resolved(
      RuleSources(sources: [ResolvedSource(label: label, routes: routes, expression: rule.expression)]))
  }

  private func resolve(_ rule: SigmaRule, category: String, service: String?) -> LogSourceResolution {
    guard let all = WindowsCategories.table[category] else {
      let hasNone = WindowsCategories.withoutEventLog.contains(category)
      return .unresolved(hasNone ? .noEventLog(category: category) : .unknownCategory(category))
    }
    var wanted = all
    if let service {
      guard let routes = WindowsServices.routes(of: service) else { return .unresolved(.unknownService(service)) }
      let channels = Set(routes.map { $0.channel.lowercased() })
      wanted = all.filter { $0.routes.contains { channels.contains($0.channel.lowercased()) } }
      if wanted.isEmpty { return .unresolved(.categoryNotInService(category: category, service: service)) }
    }
    var resolved = RuleSources(sources: [])
    for source in wanted {
      let isTwin = source.label != all[0].label
      switch LogSourceResolver.put(rule.expression, to: source, isTwin: isTwin) {
      case .success(let source): resolved.sources.append(source)
      case .failure(let reason):
        if isTwin { resolved.unusedTwins.append(UnusedTwin(label: source.label, reason: reason.reason)) }
      }
    }
    return resolved.sources.isEmpty ? .unresolved(.cannotFire) : .resolved(resolved)
  }
}

extension LogSourceResolver {
  private struct Unusable: Error { var reason: UnusedTwin.Reason }

  private static func put(
    _ expression: Expression, to source: CategorySource, isTwin: Bool
  ) -> Result<ResolvedSource, Unusable> {
    var (expression, lost) = (expression, Set<String>())
    if let twin = source.twin {
      switch twin.rewrite(expression) {
      case .usable(let rewritten, let fields): (expression, lost) = (rewritten, fields)
      case .unusable(let reason): return .failure(Unusable(reason: reason))
      }
    }
    let routes = narrowed(source.routes, to: expression.requiredEventIDs)
    guard !routes.isEmpty else { return .failure(Unusable(reason: .cannotFire)) }
    return .success(
      ResolvedSource(
        label: source.label, routes: routes,
        expression: source.condition == .always ? expression : .all([source.condition, expression]), isTwin: isTwin,
        lostFilterFields: lost.sorted()))
  }

  /// Routes that are left for the event ids that a rule asks for. Those of the event log service are written by no
  /// one else.
  private static func narrowed(_ routes: [EventRoute], to wanted: Set<UInt32>?) -> [EventRoute] {
    guard let wanted else { return routes }
    return routes.compactMap { route in
      let isAuditing = route.provider == Provider.securityAuditing
      return route.narrowed(to: isAuditing ? wanted.subtracting(SecurityService.eventLogIDs) : wanted)
    }
  }
}

extension TwinMap {
  /// The rule put for the events: as any of their aspects.
  func rewrite(_ expression: Expression) -> TwinRewriting.Result {
    var (usable, lost) = ([Expression](), Set<String>())
    var reason = UnusedTwin.Reason.cannotFire
    for aspect in aspects {
      switch TwinRewriting(map: self, aspect: aspect).rewrite(expression) {
      case .usable(let expression, let fields):
        usable.append(expression)
        lost.formUnion(fields)
      case .unusable(let why): if why == .firesByAbsence { reason = why }
      }
    }
    guard let rewritten = Expression.any(joining: usable) else { return .unusable(reason) }
    return .usable(rewritten, lostFilterFields: lost)
  }
}
