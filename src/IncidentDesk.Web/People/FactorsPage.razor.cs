using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace IncidentDesk.Web.People;

public sealed partial class FactorsPage
{
    private SecondFactors.State? _state;
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private IReadOnlyList<string> _codes = [];
    private string? _secret;
    private string? _uri;
    private Error? _error;
    private bool _mustEnrol;
    private bool _takesCode;

    [Inject] private SecondFactors Factors { get; set; } = null!;
    [Inject] private Passkeys Passkeys { get; set; } = null!;
    [Inject] private PasskeyCeremony Ceremony { get; set; } = null!;
    [Inject] private ConfirmPassword ConfirmAgain { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    // One at a time is sent; each has what it needs of these.
    [SupplyParameterFromForm] private ConfirmForm? Confirm { get; set; }
    [SupplyParameterFromForm(FormName = "passkey")] private PasskeyAnswer? Passkey { get; set; }

    private Actor Me => Context.User.ToActor();
    private Guid SessionId => Context.User.SessionId()!.Value;

    protected override async Task OnInitializedAsync()
    {
        _mustEnrol = Context.User.HasClaim(c => c.Type == DeskClaims.MustEnrol);
        await ReadAsync();
        // The form whose code comes in; what it belongs to is shown to nobody who only opens the page.
        _takesCode = _state?.IsSettingUp == true && HttpMethods.IsPost(Context.Request.Method);
    }

    private async Task BeginAuthenticatorAsync()
    {
        if (await IsConfirmedAsync() && (await Factors.BeginAuthenticatorAsync(Me, Context.RequestAborted)).TryGet(out var secret, out _error)) Show(secret);
    }

    private async Task ConfirmAuthenticatorAsync()
    {
        if (!await IsConfirmedAsync()) return;
        if ((await Factors.ConfirmAuthenticatorAsync(Me, SessionId, Confirm?.Code ?? "", Context.RequestAborted)).TryGet(out var codes, out var wrong)) await AddedAsync(codes);
        else if ((await Factors.PendingAuthenticatorAsync(Me, Context.RequestAborted)).TryGet(out var secret, out _error)) Show(secret);
        _error ??= wrong;
    }

    private void Show(string secret)
    {
        (_secret, _takesCode) = (secret, true);
        _uri = new OtpUri(OtpType.Totp, secret, Context.User.Identity!.Name, "IncidentDesk").ToString();
    }

    private async Task RemoveAuthenticatorAsync()
    {
        if (await IsConfirmedAsync() && (await Factors.RemoveAuthenticatorAsync(Me, Context.RequestAborted)).TryGet(out _, out _error)) await ReadAsync();
    }

    private async Task AddPasskeyAsync()
    {
        // Read first: what the browser answered is good for one try.
        if (!(await Ceremony.ReadNewAsync(Context, Passkey?.Credential)).TryGet(out var passkey, out _error) || !await IsConfirmedAsync()) return;
        if (!(await Passkeys.AddAsync(Me, SessionId, Passkey?.Name ?? "", passkey, Context.RequestAborted)).TryGet(out var codes, out _error)) return;
        await AddedAsync(codes);
    }

    private async Task RemovePasskeyAsync()
    {
        if (!await IsConfirmedAsync()) return;
        var id = Confirm?.Id is { } hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : [];
        if ((await Passkeys.RemoveAsync(Me, id, Context.RequestAborted)).TryGet(out _, out _error)) await ReadAsync();
    }

    private async Task NewCodesAsync()
    {
        if (!await IsConfirmedAsync() || !(await Factors.NewRecoveryCodesAsync(Me, Context.RequestAborted)).TryGet(out var codes, out _error)) return;
        await AddedAsync(codes);
    }

    private async Task AddedAsync(IReadOnlyList<string> codes)
    {
        (_codes, _secret, _takesCode, _mustEnrol) = (codes, null, false, false);
        await ReadAsync();
    }

    private async Task<bool> IsConfirmedAsync() => (await ConfirmAgain.HandleAsync(Me, Confirm?.Password, Context.RequestAborted)).TryGet(out _, out _error);

    private async Task ReadAsync()
    {
        if ((await Factors.StateAsync(Me, Context.RequestAborted)).TryGet(out var state, out _)) _state = state;
        if ((await Passkeys.ListAsync(Me, Context.RequestAborted)).TryGet(out var passkeys, out _)) _passkeys = passkeys;
    }

    private sealed class ConfirmForm
    {
        public string? Password { get; set; }
        public string? Code { get; set; }

        /// <summary>Of a passkey's credential, in hexadecimal.</summary>
        public string? Id { get; set; }
    }
}
