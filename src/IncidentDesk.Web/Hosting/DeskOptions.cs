using IncidentDesk.Data;

namespace IncidentDesk.Web.Hosting;

/// <summary>What an operator sets: in the environment (<c>Desk__DataDirectory</c>), in <c>appsettings.json</c> or on the command line.</summary>
public sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>Where the embedded database lives. The default is <c>incidentdesk</c> in the user's data folder.</summary>
    public string DataDirectory { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "incidentdesk");

    /// <summary>The address that people use, for links that the desk prints, such as <c>https://desk.example.org</c>. The default is the address it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Addresses and networks of the reverse proxies, separated by commas: <c>192.0.2.10, 10.1.0.0/16</c>. The default is none.</summary>
    /// <remarks>Only from these is it believed that a request came over HTTPS, and from which address.</remarks>
    public string? TrustedProxies { get; init; }

    /// <summary>A list of breached passwords that nobody may choose: full path of a file of sorted SHA-1 hashes, as the downloader of Pwned Passwords writes it. The default is none.</summary>
    public string? BreachedPasswords { get; init; }

    /// <summary>Full path of a file with 32 random bytes as base64, kept outside the database, which encrypts the keys in it. The default is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Networks inside to which the desk may send requests, separated by commas. The default is none: only the public internet.</summary>
    public string? AllowedOutgoingNetworks { get; init; }

    /// <summary>For <see cref="Chromium"/>: there is to be none.</summary>
    public const string NoChromium = "none";

    /// <summary>Full path of a Chromium or Chrome on the server, which makes PDF of documents; <c>none</c> for none. The default is the one found where systems put it.</summary>
    public string? Chromium { get; init; }

    /// <summary>False where the system does not let Chromium build its sandbox, as in many containers. The default is true.</summary>
    public bool ChromiumSandbox { get; init; } = true;

    /// <exception cref="OptionsException">With every message at once.</exception>
    public static (DeskOptions Options, DatabaseEngine Engine) Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        DeskOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<DeskOptions>() ?? new DeskOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsException([e.InnerException?.Message ?? e.Message]);
        }
        if (options.PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            problems.Add("Desk:PublicUrl is not an http or https address.");
        if (!Path.IsPathFullyQualified(options.DataDirectory))
            problems.Add("Desk:DataDirectory is not a full path.");
        if (options.BreachedPasswords is { Length: > 0 } list && !File.Exists(list))
            problems.Add("Desk:BreachedPasswords is not a file.");
        if (options.Chromium is { Length: > 0 } and not NoChromium && !File.Exists(options.Chromium)) problems.Add("Desk:Chromium is not a file.");
        problems.AddRange(Hosting.TrustedProxies.Read(options.TrustedProxies).Unreadable.Select(proxy => $"Desk:TrustedProxies has \"{proxy}\", which is neither an address nor a network such as 10.1.0.0/16."));
        problems.AddRange(Hosting.TrustedProxies.Read(options.AllowedOutgoingNetworks).Unreadable.Select(network => $"Desk:AllowedOutgoingNetworks has \"{network}\", which is neither an address nor a network such as 10.1.0.0/16."));
        if (options.KeyFile is { Length: > 0 } keyFile && Keys.KeyFile.Read(keyFile, out var problem) is null) problems.Add(problem!);
        DatabaseEngine? engine = null;
        if (problems.Count == 0)
        {
            try
            {
                engine = DatabaseEngine.From(configuration.GetConnectionString("Desk"), options.DataDirectory);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                problems.Add($"The database cannot be used: {e.Message}");
            }
        }
        return problems.Count == 0 ? (options, engine!) : throw new OptionsException(problems);
    }
}

/// <summary>The configuration is not usable.</summary>
public sealed class OptionsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems));
