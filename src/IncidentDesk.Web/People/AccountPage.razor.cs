using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.People;

public sealed partial class AccountPage
{
    private Person? _person;
    private IReadOnlyList<ApiToken> _tokens = [];
    private string? _saved;
    private string? _newToken;
    private Error? _profileError;
    private Error? _passwordError;
    private Error? _tokenError;

    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm(FormName = "profile")] private ProfileForm? Profile { get; set; }
    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? Password { get; set; }
    [SupplyParameterFromForm(FormName = "token")] private TokenForm? Token { get; set; }

    private Actor Me => Context.User.ToActor();

    protected override async Task OnInitializedAsync()
    {
        if ((await Account.ReadAsync(Me, Context.RequestAborted)).TryGet(out var person, out _)) _person = person;
        await ReadTokensAsync();
    }

    private async Task SaveProfileAsync()
    {
        var changed = await Account.ChangeAsync(Me, Profile?.Name ?? "", Profile?.Language ?? "", Profile?.TimeZone ?? "", Context.RequestAborted);
        if (!changed.TryGet(out var person, out _profileError)) return;
        _person = person;
        _saved = "profile";
        Languages.Remember(Context.Response, person.Language);
        await SignIn.RefreshSignInAsync(person);
    }

    private async Task ChangePasswordAsync()
    {
        var changed = await Choose.ChangeAsync(Me, Password?.Current ?? "", Password?.New ?? "", Context.RequestAborted);
        if (!changed.TryGet(out var person, out _passwordError)) return;
        _saved = "password";
        await SignIn.RefreshSignInAsync(person);
    }

    private async Task CreateTokenAsync()
    {
        if (!(await Account.CreateTokenAsync(Me, Token?.Name ?? "", Context.RequestAborted)).TryGet(out _newToken, out _tokenError)) return;
        await ReadTokensAsync();
    }

    private async Task ReadTokensAsync()
    {
        if ((await Account.TokensAsync(Me, Context.RequestAborted)).TryGet(out var tokens, out _)) _tokens = tokens;
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

    private sealed class TokenForm
    {
        public string? Name { get; set; }
    }
}
