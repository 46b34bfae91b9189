using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.People;

public sealed partial class PeoplePage
{
    private IReadOnlyList<Person>? _people;
    private ManagePeople.Invited? _invited;
    private IReadOnlySet<Guid> _withFactor = new HashSet<Guid>();
    private IReadOnlySet<PersonRole> _demanding = new HashSet<PersonRole>();
    private string? _done;
    private string? _linkFor;
    private Error? _error;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm(FormName = "add")] private AddForm? Add { get; set; }

    // Each row has a form of its own name; all of them fill this one.
    [SupplyParameterFromForm] private ChangeForm? Change { get; set; }

    [SupplyParameterFromForm(FormName = "demand")] private DemandForm? Demand { get; set; }

    private Actor Me => Context.User.ToActor();

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task AddAsync()
    {
        var details = new PersonDetails(Add?.Name ?? "", Add?.Email ?? "", Add?.Language ?? "", Add?.TimeZone ?? "");
        if (!(await Manage.AddAsync(details, Add?.Role ?? PersonRole.Observer, Me, Context.RequestAborted)).TryGet(out _invited, out _error)) return;
        _linkFor = $"{Add?.Name} ({Add?.Email}, {Say.Word(Add?.Role ?? PersonRole.Observer)})";
        Add = null;
        await ReadAsync();
    }

    private async Task ChangeAsync()
    {
        if (Change is null) return;
        var person = _people?.FirstOrDefault(p => p.Id == Change.Id);
        if (person is null)
        {
            _error = new NotFound("Person.NotFound");
            return;
        }
        _error = Change.Do switch
        {
            "link" => (await Manage.NewLinkAsync(person.Id, Me, Context.RequestAborted)).TryGet(out _invited, out var error) ? null : error,
            "unlock" => (await Help.UnlockAsync(person.Id, Me, Context.RequestAborted)).Error,
            "sessions" => (await Help.EndSessionsAsync(person.Id, Me, Context.RequestAborted)).Error,
            "factor" => (await Help.ResetSecondFactorAsync(person.Id, Me, Context.RequestAborted)).Error,
            "disable" => (await Manage.ChangeAsync(person.Id, person.Role, disabled: true, Me, Context.RequestAborted)).Error,
            "enable" => (await Manage.ChangeAsync(person.Id, person.Role, disabled: false, Me, Context.RequestAborted)).Error,
            _ => (await Manage.ChangeAsync(person.Id, Change.Role, person.DisabledAt is not null, Me, Context.RequestAborted)).Error,
        };
        if (_error is not null) return;
        if (_invited is not null) _linkFor = $"{person.DisplayName} ({person.Email}, {Say.Word(person.Role)})";
        _done = Change.Do switch
        {
            "disable" => Say["People.DisabledDone", person.DisplayName],
            "enable" => Say["People.EnabledDone", person.DisplayName],
            "save" => Say["Saved"],
            "unlock" => Say["People.UnlockedFor", HelpToSignIn.Unlocked.TotalMinutes],
            "sessions" => Say["People.SessionsEnded", person.DisplayName],
            "factor" => Say["People.FactorReset", person.DisplayName],
            _ => null,
        };
        await ReadAsync();
    }

    private async Task DemandAsync()
    {
        var roles = (Demand?.Roles ?? []).ToHashSet();
        if ((await Help.DemandSecondFactorAsync(roles, Me, Context.RequestAborted)).TryGet(out _, out _error)) _done = Say["Saved"];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (!(await Manage.ListAsync(Me, Context.RequestAborted)).TryGet(out _people, out var error))
        {
            _error = error;
            return;
        }
        _withFactor = await Help.WithSecondFactorAsync(Context.RequestAborted);
        _demanding = await Help.DemandingRolesAsync(Context.RequestAborted);
    }

    private sealed class AddForm
    {
        public string? Name { get; set; }
        public string? Email { get; set; }
        public PersonRole Role { get; set; } = PersonRole.Responder;
        public string? Language { get; set; }
        public string? TimeZone { get; set; }
    }

    private sealed class DemandForm
    {
        public PersonRole[]? Roles { get; set; }
    }

    private sealed class ChangeForm
    {
        public Guid Id { get; set; }
        public PersonRole Role { get; set; }
        public string? Do { get; set; }
    }
}
