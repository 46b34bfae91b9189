using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Postmortems;

public sealed partial class RedactionPage
{
    private ReadRedaction.Decided? _decided;
    private CheckLeaks.Report? _report;
    private Error? _error;

    [Inject] private ReadRedaction Read { get; set; } = null!;
    [Inject] private CheckLeaks Check { get; set; } = null!;
    [Inject] private KeepTerms Terms { get; set; } = null!;
    [Inject] private AcceptLeak Accepting { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [Parameter] public required string Key { get; set; }
    [SupplyParameterFromQuery(Name = "audience")] private string? For { get; set; }

    // Each finding has forms of its own names; all of them fill this one.
    [SupplyParameterFromForm] private Input? Form { get; set; }

    private Audience Audience => Labels.ParseOrNull<Audience>(For) is Audience.Members ? Audience.Members : Audience.Public;

    private Actor Me => Context.User.ToActor();

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReplaceAsync() => DecideAsync(async () => (await Terms.SaveAsync(new(Key, Guid.CreateVersion7(), Form?.Text, Form?.Replacement), Me, Context.RequestAborted)).Error);

    private Task RemoveAsync() => DecideAsync(async () => (await Terms.RemoveAsync(Key, Form?.Id ?? Guid.Empty, Me, Context.RequestAborted)).Error);

    private Task AcceptAsync() => DecideAsync(async () => Labels.TryParse<NamedThing>(Form?.Thing, out var thing)
        ? (await Accepting.HandleAsync(new(Key, Audience, thing, Form?.Text, Form?.Reason), Me, Context.RequestAborted)).Error
        : new Invalid(nameof(Input.Thing), "Word.Unknown", Form?.Thing ?? ""));

    private async Task DecideAsync(Func<Task<Error?>> decide)
    {
        _error = await decide();
        // Read anew by a page of its own, so that going back and reloading do not send it again.
        if (_error is null) Navigation.NavigateTo($"{Links.PostmortemRedaction(Key)}?audience={Audience.Label()}");
    }

    private async Task ReadAsync()
    {
        // First, for it gives the pseudonyms that the list shows.
        if (!(await Check.HandleAsync(Key, DocumentSource.Draft, Audience, Me, Context.RequestAborted)).TryGet(out _report, out var error) && error is not NotFound) _error = error;
        if ((await Read.HandleAsync(Key, Me, Context.RequestAborted)).TryGet(out _decided, out error)) return;
        if (error is NotFound) Navigation.NotFound();
        else _error = error;
    }

    /// <summary>Each thing once, with all the places where it stands.</summary>
    private static IEnumerable<(IGrouping<(NamedThing Thing, string Text), Leak> Leaks, int Number)> Grouped(IReadOnlyList<Leak> leaks) => leaks.GroupBy(l => (l.Thing, l.Text)).Select((g, n) => (g, n));

    private sealed class Input
    {
        public Guid Id { get; set; }
        public string? Text { get; set; }
        public string? Replacement { get; set; }
        public string? Thing { get; set; }
        public string? Reason { get; set; }
    }
}
