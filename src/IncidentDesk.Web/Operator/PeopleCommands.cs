using System.CommandLine;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Web.Operator;

internal static class PeopleCommands
{
    /// <summary><c>admin create --email … --password-stdin</c></summary>
    public static Command Admin()
    {
        var email = new Option<string>("--email") { Required = true, Description = "E-mail address with which the person signs in." };
        var name = new Option<string?>("--name") { Description = "Name shown in the timeline; the address's first part when left out." };
        var language = new Option<string>("--language") { DefaultValueFactory = _ => "en", Description = "en or es." };
        var fromInput = new Option<bool>("--password-stdin") { Required = true, Description = "Read the password from standard input." };
        var create = new Command("create", "Create an administrator.") { email, name, language, fromInput };
        create.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var password = (await Console.In.ReadLineAsync(ct))?.TrimEnd('\r', '\n') ?? "";
            var address = parsed.GetValue(email)!;
            var details = new PersonDetails(parsed.GetValue(name) ?? address.Split('@')[0], address, parsed.GetValue(language)!, Zones.Default);
            var created = await services.GetRequiredService<ChoosePassword>().CreateAdministratorAsync(details, password, ct);
            if (!created.TryGet(out var person, out var error)) return DeskCommand.Fail(services.GetRequiredService<Say>().Error(error));
            Console.WriteLine($"Created the administrator {person.Email}.");
            return 0;
        }, ct));
        return new Command("admin", "Accounts, from the server itself.") { create, Unlock() };
    }

    /// <summary><c>admin unlock --email … [--second-factor]</c></summary>
    private static Command Unlock()
    {
        var email = new Option<string>("--email") { Required = true, Description = "E-mail address of the account." };
        var factor = new Option<bool>("--second-factor") { Description = "Also remove the authenticator, passkeys and recovery codes, and end all sessions." };
        var unlock = new Command("unlock", $"Let somebody sign in from a new device for {HelpToSignIn.Unlocked.TotalMinutes:0} minutes while strangers try their password.") { email, factor };
        unlock.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var (say, help) = (services.GetRequiredService<Say>(), services.GetRequiredService<HelpToSignIn>());
            await using var db = await services.GetRequiredService<DeskDatabase>().OpenAsync(ct);
            if (await FindAsync(db, parsed.GetValue(email)!, ct) is not { } person) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            if (parsed.GetValue(factor) && !(await help.ResetSecondFactorAsync(person.PersonId, null, ct)).TryGet(out var _, out var error)) return DeskCommand.Fail(say.Error(error));
            if (!(await help.UnlockAsync(person.PersonId, null, ct)).TryGet(out var _, out error)) return DeskCommand.Fail(say.Error(error));
            Console.WriteLine(say["People.UnlockedFor", HelpToSignIn.Unlocked.TotalMinutes]);
            return 0;
        }, ct));
        return unlock;
    }

    /// <summary><c>token create --user … --name …</c></summary>
    public static Command Token()
    {
        var user = new Option<string>("--user") { Required = true, Description = "E-mail address of the owner." };
        var name = new Option<string>("--name") { Required = true, Description = "What the token is for." };
        var scopes = new Option<TokenScopes[]>("--scope") { DefaultValueFactory = _ => [TokenScopes.Read], AllowMultipleArgumentsPerToken = true, Description = "What it is good for: read, log, administer." };
        var days = new Option<int>("--days") { DefaultValueFactory = _ => 90, Description = "For how many days, at most 365." };
        var create = new Command("create", "Create a bearer token. It is shown once; only its hash is kept.") { user, name, scopes, days };
        create.SetAction((parsed, ct) => DeskCommand.WithDeskAsync(async (services, _) =>
        {
            var say = services.GetRequiredService<Say>();
            await using var db = await services.GetRequiredService<DeskDatabase>().OpenAsync(ct);
            if (await FindAsync(db, parsed.GetValue(user)!, ct) is not { } owner) return DeskCommand.Fail(say["Error.Person.NotFound"]);
            var created = await services.GetRequiredService<MyAccount>().CreateTokenAsync(owner, parsed.GetValue(name)!, parsed.GetValue(scopes)!.Aggregate((all, scope) => all | scope), TimeSpan.FromDays(parsed.GetValue(days)), ct);
            if (!created.TryGet(out var token, out var error)) return DeskCommand.Fail(say.Error(error));
            Console.WriteLine(token);
            return 0;
        }, ct));
        return new Command("token", "Tokens for programs.") { create };
    }

    internal static async Task<Actor?> FindAsync(DeskContext db, string email, CancellationToken ct)
    {
        var normalized = email.ToUpperInvariant();
        var id = await db.Users.Where(p => p.NormalizedEmail == normalized).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        return id is null ? null : new Actor(id.Value);
    }

    /// <summary>The longest-serving working administrator, in whose name the operator acts when no one is named.</summary>
    internal static async Task<Actor?> FirstAdministratorAsync(DeskContext db, CancellationToken ct)
    {
        var id = await db.Users.Where(p => p.Role == PersonRole.Administrator && p.DisabledAt == null).OrderBy(p => p.CreatedAt).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        return id is null ? null : new Actor(id.Value);
    }
}
