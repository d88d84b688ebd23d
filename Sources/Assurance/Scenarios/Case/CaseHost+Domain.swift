import WindowsFormats

/// What the domain controller writes when somebody logs on anywhere.
extension CaseHost {
  /// 4768: a ticket-granting ticket.
  func askForTicket(_ account: CaseAccount, at time: UInt64) throws {
    guard let controller = world.domainController(at: time) else { return }
    let dns = world.scenario.domain.dns.uppercased()
    try controller.log(
      FurtherEvents.ticketGranted, at: time - min(time, 3 * CaseTime.millisecond),
      processID: controller.processID("lsass", at: time),
      [
        "TargetUserName": .string(account.name), "TargetDomainName": .string(dns), "TargetSid": .sid(account.sid),
        "ServiceName": "krbtgt", "ServiceSid": .sid(world.sid(502)), "TicketOptions": .hexInt32(0x4081_0010),
        "Status": .hexInt32(0), "TicketEncryptionType": .hexInt32(0x12), "PreAuthType": "2",
        "IpAddress": .string("::ffff:\(host.address)"), "IpPort": .string(String(ephemeralPort())),
        "CertIssuerName": "", "CertSerialNumber": "", "CertThumbprint": "",
      ])
    try askForServiceTicket(account, at: time, address: host.address)
  }

  /// 4769: a ticket for a service of this host.
  func askForServiceTicket(_ account: CaseAccount, at time: UInt64, address: String) throws {
    guard let controller = world.domainController(at: time) else { return }
    let dns = world.scenario.domain.dns.uppercased()
    try controller.log(
      FurtherEvents.serviceTicket, at: time - min(time, 2 * CaseTime.millisecond),
      processID: controller.processID("lsass", at: time),
      [
        "TargetUserName": .string("\(account.name)@\(dns)"), "TargetDomainName": .string(dns),
        "ServiceName": .string(machineAccount.name), "ServiceSid": .sid(machineAccount.sid),
        "TicketOptions": .hexInt32(0x4081_0000), "TicketEncryptionType": .hexInt32(0x12),
        "IpAddress": .string("::ffff:\(address)"), "IpPort": .string(String(ephemeralPort())), "Status": .hexInt32(0),
        "LogonGuid": .guid(controller.processGUID(8, at: time)),
      ])
  }

  /// 4776: the controller checked a password by NTLM.
  func validateCredentials(_ account: CaseAccount, at time: UInt64, workstation: String) throws {
    guard let controller = world.domainController(at: time) else { return }
    try controller.log(
      FurtherEvents.credentialsValidated, at: time - min(time, 2 * CaseTime.millisecond),
      processID: controller.processID("lsass", at: time),
      [
        "PackageName": "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0", "TargetUserName": .string(account.name),
        "Workstation": .string(workstation), "Status": .hexInt32(0),
      ])
  }
}
