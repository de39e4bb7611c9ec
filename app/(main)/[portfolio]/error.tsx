"use client";
import ErrorPage from "#app/error.tsx";

/** The same as for any page, but within the frame of the portfolio. */
export default ErrorPage;
