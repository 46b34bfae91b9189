using System.Text.Json;
using IncidentDesk.People;
using Microsoft.AspNetCore.DataProtection;

namespace IncidentDesk.Web.People;

/// <summary>The cookies by which a browser is known: of the session, of the device, and of a sign-in that is half done.</summary>
/// <remarks>
/// Over TLS their names begin with <c>__Host-</c>: no other host and no path can set them. Over plain HTTP, as on the desk's own
/// machine, they have other names, so that nothing that was sent in the clear is ever taken for one of the others.
/// All are signed: what the desk did not write costs no look into the database.
/// </remarks>
public sealed class DeskCookies(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Session = "incidentdesk";
    private const string Device = "incidentdesk-device";
    private const string Pending = "incidentdesk-signin";
    private const string Passkey = "incidentdesk-passkey";

    // As long as a person may look for the phone.
    internal static readonly TimeSpan PendingLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The password was right; the second factor is still to come.</summary>
    /// <param name="Stamp">Of the account when the password was right; another password makes it another.</param>
    /// <param name="To">Where the person wanted to go.</param>
    public sealed record PendingSignIn(Guid PersonId, string Stamp, bool Stay, string? To);

    /// <summary>The key of the session, or null.</summary>
    public string? SessionKey(HttpContext context) => Read(context, Session);

    /// <summary>The key of the device, or null.</summary>
    public string? DeviceKey(HttpContext context) => Read(context, Device);

    /// <summary>The session's cookie as it came, signed by the desk or not.</summary>
    internal static string? RawSession(HttpContext context) => context.Request.Cookies[Name(context, Session)];

    public void Write(HttpContext context, Sessions.Started started, bool stay)
    {
        Write(context, Session, started.Key, stay ? started.ExpiresAt : null);
        if (started.DeviceKey is { } key) Write(context, Device, key, time.GetUtcNow().UtcDateTime + KnownDevice.Lifetime);
        Delete(context, Pending);
    }

    public void EndSession(HttpContext context) => Delete(context, Session);

    public PendingSignIn? ReadPending(HttpContext context) => ReadTimed<PendingSignIn>(context, Pending);

    public void WritePending(HttpContext context, PendingSignIn pending) => WriteTimed(context, Pending, pending);

    /// <summary>What the framework asked of a passkey.</summary>
    public string? TakePasskeyState(HttpContext context)
    {
        var state = ReadTimed<string>(context, Passkey);
        Delete(context, Passkey);
        return state;
    }

    public void WritePasskeyState(HttpContext context, string? state) => WriteTimed(context, Passkey, state ?? "");

    private static string Name(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;

    private IDataProtector Protector(string name) => protection.CreateProtector("IncidentDesk.Cookie", name);

    private string? Read(HttpContext context, string name)
    {
        if (context.Request.Cookies[Name(context, name)] is not { Length: > 0 and < 4000 } value) return null;
        try
        {
            return Protector(name).Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Of another desk, of keys that were rotated, or made up.
            return null;
        }
    }

    private void Write(HttpContext context, string name, string value, DateTime? expires) => context.Response.Cookies.Append(Name(context, name), Protector(name).Protect(value), new CookieOptions
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    });

    private T? ReadTimed<T>(HttpContext context, string name) where T : class
    {
        if (Read(context, name) is not { } text) return null;
        var timed = JsonSerializer.Deserialize<Timed<T>>(text)!;
        return timed.Until > time.GetUtcNow() ? timed.Value : null;
    }

    private void WriteTimed<T>(HttpContext context, string name, T value) => Write(context, name, JsonSerializer.Serialize(new Timed<T>(value, time.GetUtcNow() + PendingLifetime)), null);

    private static void Delete(HttpContext context, string name) => context.Response.Cookies.Delete(Name(context, name), new CookieOptions { Secure = context.Request.IsHttps, Path = "/" });

    private sealed record Timed<T>(T Value, DateTimeOffset Until);
}
