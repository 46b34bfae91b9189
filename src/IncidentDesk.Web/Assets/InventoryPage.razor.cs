using System.Globalization;
using IncidentDesk.Assets;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.Assets;

public sealed partial class InventoryPage
{
    private enum View { Tree, Table, Members }

    private ReadInventory.Totals? _totals;
    private ReadInventory.Page? _page;
    private ReadInventory.MemberPage? _members;
    private Error? _error;
    private Actor _me = null!;
    private bool _mayChange, _assetOpen, _memberOpen;
    private int _version;

    [Inject] private ReadInventory Read { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "view")] private string? ViewText { get; set; }
    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "kind")] private string? KindText { get; set; }
    [SupplyParameterFromQuery(Name = "retired")] private string? RetiredText { get; set; }
    [SupplyParameterFromQuery(Name = "page")] private string? PageText { get; set; }

    private View Shown => Labels.ParseOrNull<View>(ViewText) ?? View.Tree;

    private AssetKind? Kind => Labels.ParseOrNull<AssetKind>(KindText);

    private int PageNumber => int.TryParse(PageText, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 10_000) : 1;

    private int Total => Shown switch { View.Table => _page?.Total ?? 0, View.Members => _members?.Total ?? 0, View.Tree => 0 };

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_me, _mayChange) = (user.ToActor(), user.Role().MayRespond());
        Watch(ChangeInventory.FeedId);
    }

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        _version++;
        if (!(await Attempt.RunAsync(() => Read.TotalsAsync(_me, CancellationToken.None))).TryGet(out var totals, out _error)) return;
        _totals = totals;
        var skip = (PageNumber - 1) * ReadInventory.MaxPage;
        if (Shown == View.Table && (await Attempt.RunAsync(() => Read.HandleAsync(new(Text ?? "", Kind, null, RetiredText == "true", skip), _me, CancellationToken.None))).TryGet(out var page, out _error)) _page = page;
        if (Shown == View.Members && (await Attempt.RunAsync(() => Read.MembersAsync(Text ?? "", RetiredText == "true", skip, ReadInventory.MaxPage, _me, CancellationToken.None))).TryGet(out var members, out _error)) _members = members;
    }

    private Task CloseAsync()
    {
        (_assetOpen, _memberOpen) = (false, false);
        return RefreshAsync();
    }

    private string UrlOf(View view, AssetKind? kind, bool? retired = null, int page = 1)
    {
        var fields = new (string Name, string? Value)[]
        {
            ("view", view == View.Tree ? null : view.ToString().ToLowerInvariant()), ("q", view == View.Tree ? null : Text), ("kind", view == View.Table ? kind?.Label() : null),
            ("retired", retired ?? RetiredText == "true" ? "true" : null), ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
        };
        return Links.Inventory + QueryString.Create(fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => KeyValuePair.Create(f.Name, f.Value)));
    }

    private RenderFragment Marks(bool isInvented, DateTime? retiredAt) => builder =>
    {
        if (isInvented) builder.AddMarkupContent(0, $"<span class=\"chip sm line\">{Say["Inventory.Invented"]}</span>");
        if (retiredAt is not null) builder.AddMarkupContent(1, $"<span class=\"chip sm line\">{Say["Inventory.Retired"]}</span>");
    };
}
