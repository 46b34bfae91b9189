using System.CommandLine;
using System.Text;
using IncidentDesk.People;
using IncidentDesk.Web.Hosting.Keys;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace IncidentDesk.Web.Operator;

internal static class KeysCommand
{
    // The framework's own life of a key.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary><c>keys rotate</c></summary>
    public static Command Keys()
    {
        var rotate = new Command("rotate", "Make a new key, revoke all others and end every session.");
        rotate.SetAction((_, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var (sessions, authenticators) = await RotateAsync(services, ct);
            Console.WriteLine(services.GetRequiredService<Say>()["Keys.Rotated", sessions, authenticators]);
            return 0;
        }, ct));
        return new Command("keys", "Keys that sign sessions and hide the secrets of authenticators.") { rotate };
    }

    /// <returns>How many sessions were ended and how many authenticators are under the new key.</returns>
    internal static async Task<(int Sessions, int Authenticators)> RotateAsync(IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<KeyCheck>().Check();
        var keys = services.GetRequiredService<DeskKeyManager>();
        var old = keys.GetAllKeys().Where(k => !k.IsRevoked).ToList();
        var now = DateTimeOffset.UtcNow;
        keys.CreateNewKey(now, now + Lifetime);

        // The old keys are revoked last: whatever stops the command before that, nothing is lost, and it can be run again.
        var protector = (IPersistedDataProtector)services.GetRequiredService<IDataProtectionProvider>().CreateProtector(SecondFactors.Purpose);
        var ended = await services.GetRequiredService<EndAllSessions>().HandleAsync(ProtectAgain, ct);
        foreach (var key in old) keys.RevokeKey(key.KeyId, "rotated by the operator");
        return ended;

        string ProtectAgain(string secret)
        {
            var text = protector.DangerousUnprotect(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(secret), ignoreRevocationErrors: true, out _, out _);
            return protector.Protect(Encoding.UTF8.GetString(text));
        }
    }
}
