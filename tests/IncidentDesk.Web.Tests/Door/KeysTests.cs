using System.Net;
using System.Security.Cryptography;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Testing;
using IncidentDesk.Web.Hosting.Keys;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Web.Tests.Door;

public sealed class KeysTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("desk-keys-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory, EngineData]
    public async Task Two_nodes_on_one_database_share_sessions(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine);
        await using var other = await WebDesk.StartAsync(beside: desk);
        var browser = await (await desk.PersonAsync()).BrowserAsync();
        var there = other.Browser();
        there.Cookies.Add(browser.Cookies.GetAllCookies());
        (await there.GetAsync("/")).Expect(HttpStatusCode.OK);
        Assert.False(Directory.Exists(Path.Combine(desk.DataDirectory, "keys")));
    }

    [Theory, EngineData]
    public async Task Rotating_the_keys_ends_the_sessions_of_a_running_desk_and_keeps_authenticators(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine);
        var ana = await desk.PersonAsync();
        var browser = await ana.BrowserAsync();
        (await browser.GetAsync("/")).Expect(HttpStatusCode.OK);
        await AddSessionAndAuthenticatorAsync(desk, ana, "JBSWY3DPEHPK3PXP");
        var before = await KeysAsync(desk);
        await desk.Get<KeyWatch>().LookAsync(default);

        await using (var command = new DeskProcess(desk.Database, desk.DataDirectory))
        {
            var rotated = await command.RunAsync(["keys", "rotate"]);
            Assert.True(rotated.ExitCode == 0, rotated.ToString());
            Assert.Contains("authenticators kept: 1", rotated.Output, StringComparison.Ordinal);
        }

        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        Assert.NotNull((await db.Sessions.SingleAsync()).EndedAt);
        var line = await db.AuditEvents.SingleAsync(e => e.Kind == AuditKind.KeysRotated);
        Assert.Null(line.ActorId);
        Assert.Equal("operator", line.ActorName);
        // One key more, and one revocation for each that was there.
        Assert.Equal(2 * before.Count + 1, (await KeysAsync(desk)).Count);

        await desk.Get<KeyWatch>().LookAsync(default);
        await Poll.UntilAsync(async () => (await browser.GetAsync("/")).Status == HttpStatusCode.Redirect, TimeSpan.FromSeconds(10), "the session has ended");
        var kept = (await db.Authenticators.AsNoTracking().SingleAsync()).ProtectedSecret;
        await Poll.UntilAsync(() => Reads(desk, kept), TimeSpan.FromSeconds(10), "the running desk has the new key");
        var again = await ana.BrowserAsync();
        (await again.GetAsync("/")).Expect(HttpStatusCode.OK);
    }

    [Theory, EngineData]
    public async Task A_key_file_encrypts_new_keys_and_those_before_stay_readable(Engine engine)
    {
        await using var desk = await WebDesk.StartAsync(engine);
        var secret = Protector(desk).Protect("kept");
        Assert.All(await KeysAsync(desk), xml => Assert.Contains("<masterKey", xml, StringComparison.Ordinal));

        var file = await FileAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        await using var other = await WebDesk.StartAsync(beside: desk, settings: $"Desk:KeyFile={file}");
        Assert.Equal("kept", Protector(other).Unprotect(secret));
        other.Get<DeskKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        var encrypted = (await KeysAsync(desk))[^1];
        Assert.Contains("<encryptedWithKeyFile", encrypted, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", encrypted, StringComparison.Ordinal);
        Assert.Equal("new", Protector(other).Unprotect(Protector(other).Protect("new")));
    }

    [Fact]
    public async Task A_key_file_that_is_missing_or_another_stops_the_start_with_one_line()
    {
        var (right, wrong) = (await FileAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), await FileAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        await using var first = new DeskProcess(environment: Setting(right));
        await first.StartAsync();
        await first.StopAsync();

        await using var another = new DeskProcess(dataDirectory: first.DataDirectory, environment: Setting(wrong));
        foreach (var arguments in new string[][] { ["serve", "--urls", another.Address.OriginalString], ["keys", "rotate"] })
        {
            var refused = await another.RunAsync(arguments);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("Desk:KeyFile does not fit the keys in the database", refused.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.ToString(), StringComparison.Ordinal);
        }
        await using var without = new DeskProcess(dataDirectory: first.DataDirectory);
        Assert.Contains("Set Desk:KeyFile", (await without.RunAsync(["serve", "--urls", without.Address.OriginalString])).Error, StringComparison.Ordinal);

        await using var fits = new DeskProcess(dataDirectory: first.DataDirectory, environment: Setting(right));
        Assert.Equal(0, (await fits.RunAsync(["keys", "rotate"])).ExitCode);
        await fits.StartAsync();
        Assert.DoesNotContain("has the secrets of all authenticators", fits.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bm90IHRoaXJ0eS10d28gYnl0ZXM=", "does not hold 32 bytes")]
    [InlineData("?", "is not base64")]
    [InlineData(null, "cannot be read")]
    public async Task A_key_file_that_cannot_be_used_is_told_with_everything_else(string? content, string words)
    {
        var file = content is null ? Path.Combine(_directory, "nothing") : await FileAsync(content);
        await using var desk = new DeskProcess(environment: new Dictionary<string, string?> { ["Desk__KeyFile"] = file, ["Desk__TrustedProxies"] = "proxy.example.org" });
        var refused = await desk.RunAsync(["serve"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
        Assert.Contains("proxy.example.org", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_file_the_log_says_at_the_start_what_that_means()
    {
        await using var desk = new DeskProcess();
        await desk.StartAsync();
        Assert.Single(desk.Output.Split('\n'), l => l.Contains("has the secrets of all authenticators", StringComparison.Ordinal));
    }

    private static async Task AddSessionAndAuthenticatorAsync(WebDesk desk, Somebody who, string secret)
    {
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        if (!await db.Sessions.AnyAsync())
            db.Sessions.Add(new Session { Id = Guid.CreateVersion7(), PersonId = who.Id, KeyHash = "x", Device = "test", Address = "192.0.2.1", CreatedAt = DateTime.UtcNow, LastSeenAt = DateTime.UtcNow, ExpiresAt = DateTime.UtcNow.AddHours(1) });
        db.Authenticators.Add(new Authenticator { PersonId = who.Id, ProtectedSecret = Protector(desk).Protect(secret) });
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> KeysAsync(WebDesk desk)
    {
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        return await db.DataProtectionKeys.OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).Select(k => k.Xml).ToListAsync();
    }

    private static IDataProtector Protector(WebDesk desk) => desk.Get<IDataProtectionProvider>().CreateProtector("IncidentDesk.Authenticator");

    private static bool Reads(WebDesk desk, string kept)
    {
        try
        {
            return Protector(desk).Unprotect(kept) == "JBSWY3DPEHPK3PXP";
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<string> FileAsync(string content)
    {
        var path = Path.Combine(_directory, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    private static Dictionary<string, string?> Setting(string file) => new() { ["Desk__KeyFile"] = file };
}
