extension TwinMap {
  /// WMI-Activity 5861, a filter was bound to a consumer, as Sysmon 19 (filter), 20 (consumer) and 21 (binding).
  ///
  /// The one event describes all three objects, so a rule fires on it when it would fire on one of the three. Each
  /// aspect has only the fields of its event of Sysmon: a rule cannot mix them there and does not mix them here.
  static let subscriptionBinding = TwinMap(
    eventID: 5861,
    aspects: [
      Aspect(
        sysmonEventIDs: [19],
        fields: [
          "EventNamespace": .derived(.filterEventNamespace),
          "EventType": .derived(.filterEventType),
          "Name": .derived(.filterName),
          "Operation": .derived(.bindingOperation),
          "Query": .derived(.filterQuery),
          "User": .derived(.filterUser),
        ]),
      Aspect(
        sysmonEventIDs: [20],
        fields: [
          "Destination": .derived(.consumerDestination),
          "EventType": .derived(.consumerEventType),
          "Name": .derived(.consumerName),
          "Operation": .derived(.bindingOperation),
          "Type": .derived(.consumerType),
          "User": .derived(.consumerUser),
        ]),
      Aspect(
        sysmonEventIDs: [21],
        fields: [
          "Consumer": .derived(.bindingConsumer),
          "EventType": .derived(.bindingEventType),
          "Filter": .derived(.bindingFilter),
          "Operation": .derived(.bindingOperation),
          "User": .derived(.consumerUser),
        ]),
    ],
    ownFields: ["CONSUMER", "ESS", "Namespace", "PossibleCause"])
}

/// Microsoft Defender's detections under the names of the category `antivirus`.
enum Antivirus {
  /// The events that name a threat or a path (Microsoft Learn, "Review event logs and error codes to troubleshoot
  /// issues with Microsoft Defender Antivirus").
  static let defender = CategorySource(
    "windefend",
    [
      EventRoute(
        Channel.defender, provider: Provider.defender,
        eventIDs: [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116])
    ],
    twin: TwinMap(
      eventID: 1116,
      aspects: [
        TwinMap.Aspect(
          sysmonEventIDs: [], fields: ["Filename": .derived(.defenderPath), "Signature": .renamed("Threat Name")])
      ],
      ownFields: [
        "Action Name", "Category Name", "Detection User", "Path", "Process Name", "Severity Name", "Source Name",
        "Threat Name",
      ]))
}
