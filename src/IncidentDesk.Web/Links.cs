using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;

namespace IncidentDesk.Web;

/// <summary>The desk's addresses, in one place.</summary>
public static class Links
{
    public const string Incidents = "/";
    public const string Declare = "/declare";
    public const string Account = "/account";
    public const string Factors = "/account/factors";
    public const string Sessions = "/account/sessions";
    public const string Tokens = "/account/tokens";
    public const string People = "/people";
    public const string Audit = "/audit";
    public const string SignIn = "/signin";
    public const string SignInCode = "/signin/code";

    public const string Access = "/access";

    /// <summary>To ask for an incident of that key; without one the page asks for it.</summary>
    public static string AccessTo(string? key) => string.IsNullOrEmpty(key) ? Access : $"{Access}?key={Uri.EscapeDataString(key)}";

    public static string Incident(string key) => $"/incidents/{Uri.EscapeDataString(key)}";

    public static string Board(string key) => $"{Incident(key)}/board";

    /// <summary>The board as a file to keep.</summary>
    public static string BoardFile(string key) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/board.svg";

    public static string Postmortem(string key) => $"{Incident(key)}/postmortem";

    /// <summary>What an audience will see.</summary>
    public static string PostmortemPreview(string key, Audience audience) => $"{Postmortem(key)}/preview?audience={Shared.Labels.Label(audience)}";

    /// <summary>To make files of it.</summary>
    public static string PostmortemExports(string key) => $"{Postmortem(key)}/exports";

    /// <summary>Replaced words, accepted findings and what the check finds.</summary>
    public static string PostmortemRedaction(string key) => $"{Postmortem(key)}/redaction";

    public static string PostmortemApi(string key) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/postmortem";

    /// <summary>A document as a file, or as its audience will see it.</summary>
    /// <param name="what"><c>export</c> or <c>preview</c>.</param>
    /// <param name="query">Without a question mark.</param>
    public static string Document(string key, DocumentSource source, string what, string query) => source.Kind == DocumentKind.SituationReport
        ? $"{SituationReportsApi(key)}/{source.Number}/{what}?{query}"
        : $"{PostmortemApi(key)}/{what}?{query}{(source.Number is { } number ? $"&number={number}" : "")}";

    public static string SituationReports(string key) => $"{Incident(key)}/reports";

    public static string SituationReportsApi(string key) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/reports";

    /// <summary>A situation report as somebody may read it.</summary>
    /// <param name="what"><c>preview</c> or <c>export</c>.</param>
    public static string ReportFile(string key, int number, string what, Audience audience) => $"{SituationReportsApi(key)}/{number}/{what}?audience={Shared.Labels.Label(audience)}&lang={Hosting.Languages.Current}&zone=incident";

    /// <summary>All that the desk knows of an incident, as one file.</summary>
    public static string Evidence(string key) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/evidence.zip";

    public const string PostmortemTemplates = "/postmortems/templates";

    public const string Postmortems = "/postmortems";

    public const string PostmortemImport = "/postmortems/import";

    public static string Entry(string key, long sequence) => $"{Incident(key)}?entry={sequence}";

    /// <summary>Where what was found stands.</summary>
    public static string Hit(string key, SearchIncidents.Hit hit) => hit.Kind switch
    {
        SearchKind.Entry => Entry(key, hit.Number),
        SearchKind.Mitigation => Mitigation(hit.SourceId.ToString()),
        SearchKind.Postmortem => Postmortem(key),
        SearchKind.Title or SearchKind.Wave or SearchKind.FollowUp or SearchKind.Attachment => Incident(key),
    };

    /// <summary>A file of an incident; under the key of another it is not there.</summary>
    public static string Attachment(string key, Guid id) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/attachments/{id}";

    /// <summary>What changed in all incidents since the reader left.</summary>
    public const string SinceAll = "/since";

    /// <param name="from">UTC; null for the reader's last visit.</param>
    public static string Since(string key, DateTime? from = null) => Incident(key) + "/since" + Moment(from);

    /// <param name="from">UTC; null for the reader's last visit.</param>
    public static string Handover(string key, DateTime? from = null) => Incident(key) + "/handover" + Moment(from);

    private static string Moment(DateTime? from) => from is { } utc ? "?from=" + Timeline.Stamps.Machine(utc) : "";

    public const string Inventory = "/inventory";
    public const string Mitigations = "/mitigations";
    public const string MitigationKinds = "/mitigations/kinds";
    public const string MitigationTemplates = "/mitigations/templates";
    public const string InventoryImport = "/inventory/import";
    public const string Checklists = "/checklists";
    public const string FollowUps = "/follow-ups";
    public const string MyFollowUps = "/follow-ups?of=me";

    /// <param name="nameOrId">Of an asset.</param>
    public static string Asset(string nameOrId) => $"{Inventory}/{Uri.EscapeDataString(nameOrId)}";

    /// <param name="nameOrId">Of a mitigation.</param>
    public static string Mitigation(string nameOrId) => $"{Mitigations}/{Uri.EscapeDataString(nameOrId)}";

    public static string Member(Guid id) => $"{Inventory}/members/{id}";

    /// <summary>What happened to one member.</summary>
    public static string Ledger(Guid memberId) => $"{Member(memberId)}/ledger";

    public static string LedgerFile(Guid memberId) => $"/api/v1/members/{memberId}/ledger.csv";

    public const string Leadership = "/leadership";

    /// <summary>What is behind a figure.</summary>
    public static string Figure(IncidentDesk.Leadership.Figure figure) => $"{Leadership}/{Shared.Labels.Label(figure)}";

    /// <param name="figure">Its label, or <c>all</c>.</param>
    public static string FigureFile(string figure) => $"/api/v1{Leadership}/{figure}.csv";

    public static string Import(string key) => $"{Incident(key)}/import";

    public static string SetUp(string token) => $"/setup?token={token}";

    public static string Welcome(string token) => $"/welcome?token={token}";
}
