using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.People;

public sealed partial class PeoplePage
{
    private IReadOnlyList<Person>? _people;
    private ManagePeople.Invited? _invited;
    private Error? _error;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm(FormName = "add")] private AddForm? Add { get; set; }

    // Each row has a form of its own name; all of them fill this one.
    [SupplyParameterFromForm] private ChangeForm? Change { get; set; }

    private Actor Me => Context.User.ToActor();

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task AddAsync()
    {
        var details = new PersonDetails(Add?.Name ?? "", Add?.Email ?? "", Add?.Language ?? "", Add?.TimeZone ?? "");
        if (!(await Manage.AddAsync(details, Add?.Role ?? PersonRole.Observer, Me, Context.RequestAborted)).TryGet(out _invited, out _error)) return;
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
        if (Change.Do == "link")
        {
            if (!(await Manage.NewLinkAsync(person.Id, Me, Context.RequestAborted)).TryGet(out _invited, out _error)) return;
        }
        else
        {
            var disabled = Change.Do == "disable" || (Change.Do == "save" && person.DisabledAt is not null);
            var role = Change.Do == "save" ? Change.Role : person.Role;
            if (!(await Manage.ChangeAsync(person.Id, role, disabled, Me, Context.RequestAborted)).TryGet(out _, out _error)) return;
        }
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if ((await Manage.ListAsync(Me, Context.RequestAborted)).TryGet(out var people, out var error)) _people = people;
        else _error = error;
    }

    private sealed class AddForm
    {
        public string? Name { get; set; }
        public string? Email { get; set; }
        public PersonRole Role { get; set; } = PersonRole.Responder;
        public string? Language { get; set; }
        public string? TimeZone { get; set; }
    }

    private sealed class ChangeForm
    {
        public Guid Id { get; set; }
        public PersonRole Role { get; set; }
        public string? Do { get; set; }
    }
}
