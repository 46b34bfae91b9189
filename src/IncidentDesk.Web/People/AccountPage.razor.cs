using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.People;

public sealed partial class AccountPage
{
    private Person? _person;
    private string? _saved;
    private Error? _profileError;
    private Error? _passwordError;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm(FormName = "profile")] private ProfileForm? Profile { get; set; }
    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? Password { get; set; }

    private Actor Me => Context.User.ToActor();

    protected override async Task OnInitializedAsync()
    {
        if ((await Account.ReadAsync(Me, Context.RequestAborted)).TryGet(out var person, out _)) _person = person;
    }

    private async Task SaveProfileAsync()
    {
        var changed = await Account.ChangeAsync(Me, Profile?.Name ?? "", Profile?.Language ?? "", Profile?.TimeZone ?? "", Context.RequestAborted);
        if (!changed.TryGet(out var person, out _profileError)) return;
        _person = person;
        _saved = "profile";
        Languages.Remember(Context.Response, person.Language);
    }

    private async Task ChangePasswordAsync()
    {
        var changed = await Choose.ChangeAsync(Me, Context.User.SessionId()!.Value, Password?.Current ?? "", Password?.New ?? "", Context.RequestAborted);
        if (!changed.TryGet(out _, out _passwordError)) return;
        _saved = "password";
    }

    private sealed class ProfileForm
    {
        public string? Name { get; set; }
        public string? Language { get; set; }
        public string? TimeZone { get; set; }
    }

    private sealed class PasswordForm
    {
        public string? Current { get; set; }
        public string? New { get; set; }
    }
}
