using System.Diagnostics.CodeAnalysis;

namespace IncidentDesk.Shared;

/// <summary>What a use case answers: a value, or the one reason why nothing was done.</summary>
/// <remarks>Only what a person can cause is an <see cref="Error"/>; bugs and broken infrastructure throw.</remarks>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    /// <exception cref="InvalidOperationException">The result is an error.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}");

    public bool Succeeded => Error is null;

    /// <summary>True and the value, or false and the error.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }

    /// <summary>For a <typeparamref name="T"/> that is an interface, where the language has no implicit conversion.</summary>
    public static Result<T> Ok(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of a use case that only does something.</summary>
public readonly struct Done
{
    public static Done Value => default;
}
