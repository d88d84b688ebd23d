/// What somebody does with WMI: the vocabulary that rules, correlations and reports share.
///
/// A rule names its behaviours by id under `yagura: behaviours`; a finding hands them on.
public struct Behaviour: Hashable, Sendable {
  /// Such as `wmi-perm-commandline`; never changes.
  public let id: String
  public let title: LocalizedText

  private init(_ id: String, _ en: String, _ ja: String) {
    self.id = id
    title = LocalizedText(en: en, ja: ja)
  }

  /// The behaviour with an id; nil when there is none.
  public init?(id: String) {
    guard let known = Behaviour.byID[id] else { return nil }
    self = known
  }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// All behaviours: subscriptions, execution, movement, discovery, then what is hidden, changed and destroyed.
  public static let all: [Behaviour] = [
    Behaviour("wmi-perm-commandline", "Subscription that runs a command", "コマンドを実行するWMI常駐登録"),
    Behaviour("wmi-perm-activescript", "Subscription that runs a script", "スクリプトを実行するWMI常駐登録"),
    Behaviour("wmi-perm-logfile", "Subscription that writes a file", "ファイルへ書き込むWMI常駐登録"),
    Behaviour("wmi-perm-nteventlog", "Subscription that writes to an event log", "イベントログへ書き込むWMI常駐登録"),
    Behaviour("wmi-perm-smtp", "Subscription that sends mail", "メールを送信するWMI常駐登録"),
    Behaviour("wmi-perm-custom-consumer", "Consumer class of its own", "独自のコンシューマクラス"),
    Behaviour("wmi-perm-root-default", "Subscription in root\\default", "root\\defaultでの常駐登録"),
    Behaviour("wmi-perm-other-namespace", "Subscription in an unusual namespace", "通常と異なる名前空間での常駐登録"),
    Behaviour("wmi-interval-timer", "Interval timer as trigger", "一定間隔タイマーによる起動"),
    Behaviour("wmi-absolute-timer", "Time of day as trigger", "時刻指定による起動"),
    Behaviour("wmi-trigger-uptime", "Uptime as trigger", "稼働時間による起動"),
    Behaviour("wmi-trigger-process-logon", "Process start or logon as trigger", "プロセス開始やログオンによる起動"),
    Behaviour("wmi-temp-subscription", "Temporary event subscription", "一時的なイベント購読"),
    Behaviour("wmi-remote-subscription", "Subscription made from another host", "他端末からの常駐登録"),
    Behaviour("wmi-subscription-delete", "Subscription removed or changed", "常駐登録の削除・変更"),
    Behaviour("wmi-orphan-components", "Filter or consumer without a binding", "バインディングのないフィルターやコンシューマ"),
    Behaviour("wmi-process-create-local-wmic", "WMIC starts a program on the same host", "WMICによる自端末でのプログラム起動"),
    Behaviour("wmi-process-create-remote-wmic", "WMIC starts a program on another host", "WMICによる他端末でのプログラム起動"),
    Behaviour("wmi-process-create-powershell", "PowerShell starts a program through WMI", "PowerShellによるWMI経由のプログラム起動"),
    Behaviour("wmi-process-create-com", "Macro or script starts a program through WMI", "マクロやスクリプトによるWMI経由のプログラム起動"),
    Behaviour("wmi-wmiprvse-child", "Program started by the WMI provider host", "WMIプロバイダホストが起動したプログラム"),
    Behaviour("wmi-scrcons-child", "Program started by the script consumer host", "スクリプトコンシューマホストが起動したプログラム"),
    Behaviour("wmi-wmiexec-impacket", "Remote shell of the impacket kind", "impacket系のリモートシェル"),
    Behaviour("wmi-wmiexec-vbs", "Remote shell of the wmiexec.vbs kind", "wmiexec.vbs系のリモートシェル"),
    Behaviour("wmi-output-via-registry", "Command output fetched through the registry", "レジストリ経由での実行結果の取得"),
    Behaviour("wmi-class-storage", "Data hidden in WMI classes", "WMIクラスへのデータの隠蔽"),
    Behaviour("wmi-dcom-lateral", "Movement to another host over DCOM", "DCOMによる他端末への移動"),
    Behaviour("wmi-over-winrm", "WMI over WinRM", "WinRM経由のWMI操作"),
    Behaviour("wmi-psremoting-child", "Program started by PowerShell remoting", "PowerShellリモート処理が起動したプログラム"),
    Behaviour("wmi-service-create", "Service made or changed through WMI", "WMIによるサービスの作成・変更"),
    Behaviour("wmi-service-stop-av", "Security product stopped or removed through WMI", "WMIによるセキュリティ製品の停止・削除"),
    Behaviour("wmi-scheduledjob", "Task or job registered through WMI", "WMIによるタスクやジョブの登録"),
    Behaviour("wmi-product-install", "Package installed on another host through WMI", "WMIによる他端末へのパッケージ導入"),
    Behaviour("wmi-stdregprov-remote", "Remote registry changed through WMI", "WMIによる他端末のレジストリ変更"),
    Behaviour("wmi-stdregprov-sd", "Registry permissions weakened through WMI", "WMIによるレジストリ権限の緩和"),
    Behaviour("wmi-shadowcopy-delete", "Shadow copies deleted", "シャドウコピーの削除"),
    Behaviour("wmi-shadowcopy-create", "Shadow copy made to read locked files", "ロックされたファイルを読むためのシャドウコピー作成"),
    Behaviour("wmi-clear-eventlog", "Event log cleared", "イベントログの消去"),
    Behaviour("wmi-eventlog-policy", "Event log settings changed", "イベントログ設定の変更"),
    Behaviour("wmi-av-recon", "Security products looked up", "セキュリティ製品の調査"),
    Behaviour("wmi-vm-sandbox-check", "Virtual machine or sandbox looked for", "仮想環境やサンドボックスの検知"),
    Behaviour("wmi-host-recon", "Host looked over", "端末情報の調査"),
    Behaviour("wmi-domain-recon", "Domain looked over", "ドメイン情報の調査"),
    Behaviour("wmi-remote-recon-sweep", "Many hosts asked through WMI", "WMIによる多数端末への問い合わせ"),
    Behaviour("wmi-logged-on-session-recon", "Logged-on users looked up", "ログオン中ユーザーの調査"),
    Behaviour("wmi-xsl-squiblytwo", "Script run by WMIC as a style sheet", "スタイルシートとしてWMICが実行するスクリプト"),
    Behaviour("wmi-winrm-vbs-xsl", "Script run by winrm.vbs as a style sheet", "スタイルシートとしてwinrm.vbsが実行するスクリプト"),
    Behaviour("wmi-mofcomp", "Harmful MOF file compiled", "悪意あるMOFファイルのコンパイル"),
    Behaviour("wmi-mof-autorecover", "MOF file registered for recovery of the repository", "リポジトリ復旧用に登録されたMOFファイル"),
    Behaviour("wmi-mof-drop", "MOF file in the folder that compiles by itself", "自動コンパイルフォルダーへのMOFファイル設置"),
    Behaviour("wmi-provider-malicious", "Harmful WMI provider", "悪意あるWMIプロバイダ"),
    Behaviour("wmi-provider-com-hijack", "WMI provider's COM class redirected", "WMIプロバイダのCOMクラスの差し替え"),
    Behaviour("wmi-wbemcomn-hijack", "Library planted in the wbem folder", "wbemフォルダーへのDLL設置"),
    Behaviour("wmi-namespace-sd-backdoor", "Rights on a namespace widened", "名前空間のアクセス権の拡大"),
    Behaviour("wmi-namespace-create", "Unusual namespace made", "不審な名前空間の作成"),
    Behaviour("wmi-class-tamper", "WMI class falsified", "WMIクラスの改ざん"),
    Behaviour("wmi-repository-delete", "WMI repository deleted or reset", "WMIリポジトリの削除・初期化"),
    Behaviour("wmi-service-disable", "WMI service switched off", "WMIサービスの停止・無効化"),
    Behaviour("wmi-defender-tamper", "Defender weakened through WMI", "WMIによるDefenderの弱体化"),
    Behaviour("wmi-firewall-tamper", "Firewall changed through WMI", "WMIによるファイアウォールの変更"),
    Behaviour("wmi-recovery-config", "Recovery or crash settings changed", "回復・クラッシュ設定の変更"),
    Behaviour("wmi-rdp-enable", "Remote Desktop switched on through WMI", "WMIによるリモートデスクトップの有効化"),
    Behaviour("wmi-account-manip", "Account changed through WMI", "WMIによるアカウントの変更"),
    Behaviour("wmi-env-cor-profiler", "Environment variable set to load a profiler", "プロファイラーを読み込ませる環境変数の設定"),
    Behaviour("wmi-file-ops", "File copied or changed for WMI to use", "WMIで使うファイルのコピー・変更"),
    Behaviour("wmi-share-create", "Share made through WMI", "WMIによる共有の作成"),
    Behaviour("wmi-network-config", "Network settings changed through WMI", "WMIによるネットワーク設定の変更"),
    Behaviour("wmi-printer-classes", "Printer classes misused", "プリンタークラスの悪用"),
    Behaviour("wmi-hyperv-scvmm", "Virtualisation namespace misused", "仮想化の名前空間の悪用"),
    Behaviour("wmi-sccm-namespace", "Configuration Manager namespace misused", "Configuration Managerの名前空間の悪用"),
    Behaviour("wmi-csharp-inmemory", ".NET tool in memory that uses WMI", "メモリ上で動くWMI利用の.NETツール"),
    Behaviour("wmi-python-linux-client", "WMI client on another system than Windows", "Windows以外のWMIクライアント"),
    Behaviour("wmi-pass-the-hash", "WMI with a stolen hash", "窃取されたハッシュによるWMI利用"),
    Behaviour("wmi-exchange-transport", "Exchange transport agent and WMI", "Exchangeトランスポートエージェントとの併用"),
    Behaviour("wmi-ransomware-deploy", "Ransomware spread to many hosts through WMI", "WMIによるランサムウェアの一斉配布"),
    Behaviour("wmi-worm", "Program that spreads by itself through WMI", "WMIで自己拡散するプログラム"),
    Behaviour("wmi-obfuscated-script", "Obscured script that uses WMI", "難読化されたWMI利用スクリプト"),
    Behaviour("wmi-wmic-renamed", "WMIC under another name", "名前を変えたWMIC"),
    Behaviour("wmi-wmic-fod-reinstall", "WMIC installed again", "WMICの再インストール"),
    Behaviour("wmi-wbemtest", "WMI tester used by hand", "WMIテスターの手動利用"),
    Behaviour("wmi-unsecapp-async", "Answers received by unsecapp.exe", "unsecapp.exeによる応答の受信"),
    Behaviour("wmi-recon-creds-in-cmdline", "Password on a command line", "コマンドラインでのパスワード指定"),
    Behaviour("wmi-explicit-lsass", "Credentials read from lsass", "lsassからの資格情報の読み取り"),
    Behaviour("wmi-autologon-policy", "Policy and autologon settings read", "ポリシーや自動ログオン設定の読み取り"),
    Behaviour("wmi-lateral-eventlog-read", "Event logs of another host read", "他端末のイベントログの読み取り"),
  ]
}
