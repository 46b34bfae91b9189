namespace IncidentDesk.Web;

/// <summary>The desk's addresses, in one place.</summary>
public static class Links
{
    public const string Incidents = "/";
    public const string Declare = "/declare";
    public const string Account = "/account";
    public const string People = "/people";
    public const string SignIn = "/signin";

    public static string Incident(string key) => $"/incidents/{Uri.EscapeDataString(key)}";

    public static string Entry(string key, long sequence) => $"{Incident(key)}?entry={sequence}";

    public static string Import(string key) => $"{Incident(key)}/import";

    public static string SetUp(string token) => $"/setup?token={token}";

    public static string Welcome(string token) => $"/welcome?token={token}";
}
