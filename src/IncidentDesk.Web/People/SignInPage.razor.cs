using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.People;

public sealed partial class SignInPage
{
    private Error? _error;

    [Inject] private SignInWithPassword SignIn { get; set; } = null!;
    [Inject] private BeginSession Begin { get; set; } = null!;
    [Inject] private DeskCookies Cookies { get; set; } = null!;
    [Inject] private PasskeyCeremony Passkeys { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm(FormName = "signin")] private SignInForm? Input { get; set; }
    [SupplyParameterFromForm(FormName = "passkey")] private PasskeyAnswer? Passkey { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }

    private async Task ByPasswordAsync()
    {
        var attempt = new SignInWithPassword.Attempt(Input?.Email ?? "", Input?.Password ?? "", Cookies.DeviceKey(Context), Context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (!(await SignIn.HandleAsync(attempt, Context.RequestAborted)).TryGet(out var passed, out _error)) return;
        if (passed.NeedsSecondFactor)
        {
            Cookies.WritePending(Context, new DeskCookies.PendingSignIn(passed.PersonId, passed.Stamp, Input!.Stay, To));
            Navigation.NavigateTo(Links.SignInCode);
            return;
        }
        await EnterAsync(passed.PersonId, SignInMethod.Password, Input!.Stay);
    }

    private async Task ByPasskeyAsync()
    {
        if (!(await Passkeys.SignInAsync(Context, Passkey?.Credential, Context.RequestAborted)).TryGet(out var personId, out _error)) return;
        await EnterAsync(personId, SignInMethod.Passkey, stay: false);
    }

    private async Task EnterAsync(Guid personId, SignInMethod method, bool stay)
    {
        if (!(await Begin.HandleAsync(Context, personId, method, stay)).TryGet(out _, out _error)) return;
        Navigation.NavigateTo(SignInEndpoints.LocalOr(To, Links.Incidents));
    }

    private sealed class SignInForm
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public bool Stay { get; set; }
    }
}

/// <summary>What a browser answers for a passkey.</summary>
internal sealed class PasskeyAnswer
{
    /// <summary>JSON of the credential.</summary>
    public string? Credential { get; set; }

    /// <summary>What the person calls a new one.</summary>
    public string? Name { get; set; }
}
