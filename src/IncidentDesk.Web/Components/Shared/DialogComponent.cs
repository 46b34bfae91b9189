using IncidentDesk.Shared;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Components.Shared;

/// <summary>What the dialogues of this desk have in common: they do one thing at a time and close when it is done.</summary>
public abstract class DialogComponent : ComponentBase
{
    [Parameter] public EventCallback Closed { get; set; }

    protected bool IsBusy { get; private set; }

    protected Error? Error { get; set; }

    /// <summary>Runs a use case; a double click runs it once. The dialogue stays open with what was typed when it is refused.</summary>
    protected async Task RunAsync<T>(Func<Task<Result<T>>> use, bool close = true)
    {
        if (IsBusy) return;
        IsBusy = true;
        try
        {
            Error = (await Attempt.RunAsync(use)).Error;
        }
        finally
        {
            IsBusy = false;
        }
        if (Error is null && close) await Closed.InvokeAsync();
    }
}
