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

    public static string Entry(string key, long sequence) => $"{Incident(key)}?entry={sequence}";

    /// <summary>A file of an incident; under the key of another it is not there.</summary>
    public static string Attachment(string key, Guid id) => $"/api/v1/incidents/{Uri.EscapeDataString(key)}/attachments/{id}";

    public const string Inventory = "/inventory";
    public const string Mitigations = "/mitigations";
    public const string MitigationKinds = "/mitigations/kinds";
    public const string MitigationTemplates = "/mitigations/templates";
    public const string InventoryImport = "/inventory/import";
    public const string Checklists = "/checklists";

    /// <param name="nameOrId">Of an asset.</param>
    public static string Asset(string nameOrId) => $"{Inventory}/{Uri.EscapeDataString(nameOrId)}";

    /// <param name="nameOrId">Of a mitigation.</param>
    public static string Mitigation(string nameOrId) => $"{Mitigations}/{Uri.EscapeDataString(nameOrId)}";

    public static string Member(Guid id) => $"{Inventory}/members/{id}";

    public static string Import(string key) => $"{Incident(key)}/import";

    public static string SetUp(string token) => $"/setup?token={token}";

    public static string Welcome(string token) => $"/welcome?token={token}";
}
